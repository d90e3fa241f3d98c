using System.Collections.Immutable;
using TownReform.Grains.Rules.Cases;
using TownReform.Silo.Identity;
using TownReform.Silo.Papers.Store;

namespace TownReform.Silo.Papers;

/// <summary>Before a command that names papers is sent: they are there, are what the command says of them, and are whoever's sends it. From
/// then on they are held for it.</summary>
internal sealed class PaperClaims(PaperStore store)
{
    /// <param name="command">Id of the command; the same one sent again holds the same.</param>
    /// <param name="file">The case that it acts on; null where it opens one. What a case has already may be named again.</param>
    /// <returns>Why not; null when all are there.</returns>
    public async Task<Refusal?> HoldAsync(
        Requester who,
        Guid command,
        CaseView? file,
        ImmutableArray<Field> fields,
        CancellationToken cancellation
    )
    {
        var known = file is null ? [] : PaperLists.In(file.Fields).ToHashSet();
        foreach (var field in fields)
        {
            if (!PaperLists.TryRead(field.Value, out var papers))
            {
                continue;
            }

            foreach (var paper in papers.Where(paper => !known.Contains(paper)))
            {
                if (
                    who.AccountId is not { } account
                    || await store.FindAsync(paper.Sha256, account, cancellation) is not { } handedIn
                    || (handedIn.Kind, handedIn.Bytes) != (paper.Kind, paper.Bytes)
                )
                {
                    return PaperRefusals.Unknown(field.Name, paper);
                }

                await store.HoldAsync(paper.Sha256, command, file?.Number, cancellation);
            }
        }

        return null;
    }
}
