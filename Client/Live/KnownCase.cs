using TownReform.Client.Terminal;

namespace TownReform.Client.Live;

/// <summary>A case that a command names, with the names of its town and of the procedure that it goes by.</summary>
internal sealed record KnownCase(CaseView View, TownNames Names)
{
    /// <param name="number">As it was typed.</param>
    /// <exception cref="CommandRefusedException">There is no such case.</exception>
    public static async Task<KnownCase> FindAsync(LiveTown live, string number) => (await AskAsync(live, number)).OrRefused();

    /// <summary>The same, where a command goes on without it.</summary>
    public static async Task<Outcome<KnownCase>> AskAsync(LiveTown live, string number) =>
        (await live.Case(Nearest.CaseNumber(number)).ReadAsync()).IsRefused(out var refusal, out var view)
        || (await TownNames.OfAsync(live, view.Town)).IsRefused(out refusal, out var names)
            ? refusal
            : new KnownCase(view, names.For(view));
}
