using Orleans.Concurrency;

namespace TownReform;

/// <summary>
/// A town's intake (收件): the one place where cases are opened. Keyed world/town/counter; which counter a command comes to follows from its
/// id
/// (<see cref="Address.Intake"/>), so that the same command always meets the same one. Clients open with <c>OpenCaseAsync</c>.
/// </summary>
[Alias("intake")]
public interface IIntakeGrain : IGrainWithStringKey
{
    /// <summary>
    /// Opens a case; the answer carries the number that the town has given it. The same command again gets the same answer, also after a
    /// crash and through another silo.
    /// Refused, and the refusal recorded, when the item is not in force for the town on that day, or another route is open for it (A3, A7);
    /// a refused opening takes no number.
    /// </summary>
    [Alias("open")]
    Task<Outcome<CaseView>> OpenAsync(OpenCase command);

    /// <summary>What <see cref="OpenAsync"/> would answer to the same command, refusals included. Never recorded; it takes no number, and
    /// the id is not used up.</summary>
    [ReadOnly, Alias("foresee")]
    Task<Outcome<CaseOutlook>> ForeseeAsync(OpenCase command);
}

/// <summary>Opening a case, for clients.</summary>
public static class Openings
{
    /// <summary>Opens a case of the live town. One call: the town gives the number, and the view that is answered carries it.</summary>
    public static Task<Outcome<CaseView>> OpenCaseAsync(this IGrainFactory grains, OpenCase command) =>
        grains.OpenCaseAsync(Address.Live, command);

    /// <summary>The same in a world.</summary>
    public static Task<Outcome<CaseView>> OpenCaseAsync(this IGrainFactory grains, string world, OpenCase command) =>
        Intake(grains, world, command).OpenAsync(command);

    /// <summary>What opening a case of the live town would lead to (<see cref="IIntakeGrain.ForeseeAsync"/>).</summary>
    public static Task<Outcome<CaseOutlook>> ForeseeOpeningAsync(this IGrainFactory grains, OpenCase command) =>
        Intake(grains, Address.Live, command).ForeseeAsync(command);

    private static IIntakeGrain Intake(IGrainFactory grains, string world, OpenCase command) =>
        grains.Grain<IIntakeGrain>(Address.Intake(world, KeyOf(command.Town), command.Stamp?.CommandId ?? default));

    // Whatever the command lacks the town refuses; a key that no message can carry would not even get there.
    private static string KeyOf(string? town) => town is { Length: > LongestTown } ? town[..LongestTown] : town ?? "";

    private const int LongestTown = 100;
}
