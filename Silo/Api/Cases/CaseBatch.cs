using System.Collections.Immutable;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Towns;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Identity;

namespace TownReform.Silo.Api.Cases;

/// <summary>One act on many cases.</summary>
internal sealed record BatchCommand(string Act, IReadOnlyList<string> Cases, ImmutableArray<Field> Fields);

/// <summary>What became of one case of a batch.</summary>
/// <param name="Case">As it was named.</param>
/// <param name="IsOfCase">The case itself has answered; else it was not asked.</param>
internal sealed record BatchAnswer(string Case, Outcome<CaseView> Answer, bool IsOfCase);

/// <summary>
/// Does one act on many cases of an office: a command for each, so that every case asks all of its rules and keeps its own record. Sent
/// again under the same key, each answers as it did.
/// </summary>
internal sealed class CaseBatch(CaseFiles files, TownCalls town, ITownClock clock, SeedLibrary seeds)
{
    /// <summary>How many cases are under way at once: those of one batch leave room for others.</summary>
    private const int Abreast = 8;

    /// <summary>What is said when none are named, or too many.</summary>
    public static Words HowMany(int cases) =>
        new(
            $"批量办理每次 1 至 {BatchRules.MostCases} 件，所列为 {cases} 件。",
            $"A batch has 1 to {BatchRules.MostCases} cases; {cases} are named."
        );

    /// <summary>What became of each, in the order in which they were named.</summary>
    public async Task<ImmutableArray<BatchAnswer>> ActAsync(Requester who, string office, IdempotencyKey key, BatchCommand command)
    {
        var answers = new BatchAnswer[command.Cases.Count];
        await Parallel.ForAsync(
            0,
            answers.Length,
            new ParallelOptions { MaxDegreeOfParallelism = Abreast },
            async (at, _) => answers[at] = await OneAsync(who, office, key, command, command.Cases[at])
        );
        return [.. answers];
    }

    private async Task<BatchAnswer> OneAsync(Requester who, string office, IdempotencyKey key, BatchCommand command, string number)
    {
        if ((await files.ToActAsync(who, number, office)).IsRefused(out var refusal, out var file))
        {
            return new(number, refusal, IsOfCase: false);
        }

        var view = file.Case;
        if (
            seeds.Find(view.Procedure, view.ProcedureVersion) is { } procedure
            && BatchRules.Check(procedure, view.Number, view.Step, command.Act) is { } single
        )
        {
            return new(number, single, IsOfCase: false);
        }

        // A command is one case's: the same key names another in each.
        var id = new IdempotencyKey($"{key.Key}/{view.Number}").CommandOf(who.AccountId!);
        var act = new ActOnCase(new Stamp(id, file.Actor, await clock.NowAsync()), command.Act, command.Fields);
        return new(number, await TownCalls.SendAsync(() => town.Case(view.Number).ActAsync(act)), IsOfCase: true);
    }
}
