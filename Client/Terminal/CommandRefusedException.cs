namespace TownReform.Client.Terminal;

/// <summary>Ends a command that can't go on after a refusal; the screen shows its code, clause, words and facts.</summary>
internal sealed class CommandRefusedException(Refusal refusal) : Exception(refusal.Because.En)
{
    public Refusal Refusal { get; } = refusal;
}

/// <summary>What a command needs before it can go on.</summary>
internal static class Needed
{
    /// <summary>The value of an answer.</summary>
    /// <exception cref="CommandRefusedException">It was refused.</exception>
    public static T OrRefused<T>(this Outcome<T> answer)
        where T : class => answer.IsRefused(out var refusal, out var value) ? throw new CommandRefusedException(refusal) : value;
}
