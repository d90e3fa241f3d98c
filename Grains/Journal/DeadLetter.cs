namespace TownReform.Grains.Journal;

/// <summary>An effect that its receiver has refused often enough.</summary>
/// <param name="Id">Its number; 0 before it is kept.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="FirstAt">When it was first tried, by the silo's clock.</param>
/// <param name="LastAt">When it was last tried.</param>
/// <param name="Why">What the receiver said last; at most <see cref="LongestWhy"/> letters.</param>
public sealed record DeadLetter(long Id, Delivery Delivery, int Attempts, DateTimeOffset FirstAt, DateTimeOffset LastAt, string Why)
{
    public const int LongestWhy = 500;

    /// <summary>What a receiver's fault says, as <see cref="Why"/> has it.</summary>
    public static string Said(Exception fault) =>
        $"{fault.GetType().Name}: {fault.Message}" is var said && said.Length <= LongestWhy ? said : said[..LongestWhy];
}

/// <summary>Where dead letters are kept: durably, apart from the effects that wait.</summary>
public interface IDeadLetters
{
    /// <summary>Keeps some; returns once that is safe. One that is kept already is replaced.</summary>
    Task KeepAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellation);

    /// <summary>One was refused once more.</summary>
    /// <returns>False when it isn't there any more: somebody else had it delivered.</returns>
    Task<bool> RefusedAgainAsync(DeadLetter letter, CancellationToken cancellation = default);

    /// <summary>Those above a number, in the order in which they were put aside.</summary>
    ValueTask<IReadOnlyList<DeadLetter>> ListAsync(long afterId, int most, CancellationToken cancellation = default);

    ValueTask<long> CountAsync(CancellationToken cancellation = default);

    /// <summary>Forgets one that was delivered after all.</summary>
    Task ForgetAsync(long id, CancellationToken cancellation = default);
}
