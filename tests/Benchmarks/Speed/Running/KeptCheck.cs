namespace TownReform.Benchmarks.Speed.Running;

/// <summary>Counts in the store itself what a contender has acknowledged.</summary>
internal static class KeptCheck
{
    /// <returns>Steps that are stored; none for a floor that stores nothing.</returns>
    /// <exception cref="ContenderFailedException">They are fewer than were acknowledged.</exception>
    public static async Task<long> CountAsync(Entrant entrant, IContender contender, Ground ground, long acknowledged)
    {
        if (contender.Kept is not { } kept)
        {
            return 0;
        }

        await contender.SettleAsync();
        var stored = await ground.CountAsync(kept);
        return stored >= acknowledged
            ? stored
            : throw new ContenderFailedException(
                entrant.Name,
                $"只存有 {stored:N0} 步，而已答复 {acknowledged:N0} 步 / {stored:N0} steps are stored, but {acknowledged:N0} were acknowledged"
            );
    }
}
