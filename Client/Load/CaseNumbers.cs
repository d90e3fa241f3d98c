using TownReform.Client.Terminal;

namespace TownReform.Client.Load;

/// <summary>Case numbers of one town, reserved in blocks and handed out in rising order: cases that begin together lie together in the town's indexes.</summary>
internal sealed class CaseNumbers(LoadContext context, string town) : IDisposable
{
    private const int Block = 256;

    private readonly SemaphoreSlim turn = new(1, 1);
    private string prefix = "";
    private long next;
    private long end;

    /// <returns>Null when the town gives none within the patience of a load, counted from now, or before Ctrl-C.</returns>
    /// <exception cref="Halt">The town gives no numbers: it was not founded from these seeds.</exception>
    public async Task<string?> NextAsync()
    {
        var asked = context.Elapsed;
        await turn.WaitAsync(CancellationToken.None);
        try
        {
            return next < end || await ReserveAsync(asked) ? $"{prefix}{next++:D8}" : null;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    // Asked again without an answer, the town may have reserved a block before: its numbers are left out.
    private async Task<bool> ReserveAsync(TimeSpan since)
    {
        if (await context.InsistAsync(since, () => context.Live.Town(town).ReserveCaseNumbersAsync(Block, context.Now)) is not { } answer)
        {
            return false;
        }

        if (answer.IsRefused(out var refusal, out var block))
        {
            throw new Halt(ExitCode.Refused, refusal.Because);
        }

        (prefix, next, end) = (block.Prefix, block.First, block.First + block.Count);
        return true;
    }
}
