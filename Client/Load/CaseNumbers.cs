using TownReform.Client.Live;
using TownReform.Client.Terminal;

namespace TownReform.Client.Load;

/// <summary>Case numbers of one town, reserved in blocks and handed out in rising order: cases that begin together lie together in the town's indexes.</summary>
internal sealed class CaseNumbers(LiveTown live, string town) : IDisposable
{
    private const int Block = 256;

    private readonly SemaphoreSlim turn = new(1, 1);
    private string prefix = "";
    private long next;
    private long end;

    /// <exception cref="Halt">The town gives no numbers: it was not founded from these seeds.</exception>
    public async Task<string> NextAsync(DateTimeOffset at, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            if (next == end)
            {
                var block = await live.Town(town).ReserveCaseNumbersAsync(Block, at);
                if (block.IsRefused(out var refusal, out var numbers))
                {
                    throw new Halt(ExitCode.Refused, refusal.Because);
                }

                (prefix, next, end) = (numbers.Prefix, numbers.First, numbers.First + numbers.Count);
            }

            return $"{prefix}{next++:D8}";
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();
}
