namespace TownReform.Grains.Simulation.Scenarios;

/// <summary>How a party or offence is, drawn when it appears.</summary>
[Flags]
internal enum PartyTrait
{
    None = 0,
    PapersMissing = 1,
    Organisation = 2,
    Harm = 4,
    Minor = 8,
    Ordinary = 16,
    Serious = 32,
    Green = 64,
    OldOffence = 128,
    SummaryEligible = 256,
    Agent = 512,
    Complaint = 1024,
}
