namespace TownReform.Client.Live;

/// <summary>Commands that were sent one after the other, up to the first that was refused or got no answer. What was done before it is
/// done, and is told.</summary>
/// <param name="Broken">What a command ended with that got no answer.</param>
internal sealed record InTurn<T>(T[] Done, Refusal? Refused, Exception? Broken)
    where T : class
{
    public static async Task<InTurn<T>> SendAsync<TItem>(
        IEnumerable<TItem> items,
        Func<TItem, Task<Outcome<T>>> send,
        CancellationToken cancellation
    )
    {
        var done = new List<T>();
        try
        {
            foreach (var item in items)
            {
                cancellation.ThrowIfCancellationRequested();
                if ((await send(item)).IsRefused(out var refusal, out var result))
                {
                    return new([.. done], refusal, null);
                }

                done.Add(result);
            }

            return new([.. done], null, null);
        }
        catch (Exception e) when (done.Count > 0)
        {
            return new([.. done], null, e);
        }
    }
}
