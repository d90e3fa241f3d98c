namespace TownReform.Grains.Journal.Outbox;

/// <summary>When an effect goes aside.</summary>
/// <param name="Attempts">Refused at least so often by its receiver,</param>
/// <param name="Patience">and for so long. Where there are too many to wait for, three attempts are enough.</param>
public sealed record DeadLetterRule(int Attempts, TimeSpan Patience)
{
    /// <summary>Attempts after which an effect goes aside where those that are refused would hold up the others.</summary>
    public const int AttemptsWhenCrowded = 3;

    public static DeadLetterRule Default { get; } = new(8, TimeSpan.FromSeconds(30));

    /// <summary>Whether an effect has been tried enough.</summary>
    /// <param name="again">Whether the one before it for the same receiver went aside too.</param>
    public bool IsEnough(int refused, TimeSpan since, bool crowded, bool again) =>
        (refused >= Attempts && since >= Patience) || (crowded && refused >= (again ? 1 : Math.Min(Attempts, AttemptsWhenCrowded)));
}
