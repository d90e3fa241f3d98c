using System.Diagnostics;

namespace TownReform.Tests.Fixtures;

/// <summary>Waits for what another thread, grain or process brings about: looks again and again, with a deadline, and says in vain for
/// what. The only place where a test lets time pass (<c>SourceTests</c>).</summary>
public static class Eventually
{
    // What comes within a second on a quiet machine takes far longer when other builds and tests have its two cores.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(20);

    /// <param name="what">What is waited for, as the end of "in vain until …".</param>
    /// <param name="within">A minute when left out.</param>
    public static Task HoldsAsync(string what, Func<bool> holds, TimeSpan? within = null) =>
        HoldsAsync(what, () => Task.FromResult(holds()), within);

    /// <inheritdoc cref="HoldsAsync(string, Func{bool}, TimeSpan?)"/>
    public static Task HoldsAsync(string what, Func<Task<bool>> holds, TimeSpan? within = null) =>
        GivesAsync(what, async () => await holds() ? what : null, within);

    /// <param name="what">What is waited for, as the end of "in vain until …".</param>
    /// <param name="ask">Null while it isn't there.</param>
    /// <param name="within">A minute when left out.</param>
    /// <returns>The first answer that isn't null.</returns>
    public static async Task<T> GivesAsync<T>(string what, Func<Task<T?>> ask, TimeSpan? within = null)
        where T : class
    {
        var (begun, patience) = (Stopwatch.GetTimestamp(), within ?? Patience);
        for (var pause = Shortest; ; pause = pause * 2 < Longest ? pause * 2 : Longest)
        {
            if (await ask() is { } given)
            {
                return given;
            }

            if (Stopwatch.GetElapsedTime(begun) > patience)
            {
                throw new ShouldAssertException($"Waited {patience.TotalSeconds:0.#} s in vain until {what}.");
            }

            await Task.Delay(pause, TestContext.Current.CancellationToken);
        }
    }
}
