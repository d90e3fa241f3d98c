using System.Collections.Immutable;
using TownReform.Grains.Journal.Audit;

namespace TownReform.Grains.Audit.EndState;

/// <summary>What an audit of the end state found.</summary>
/// <param name="Records">Records looked at; those that left memory aren't among them.</param>
/// <param name="Checks">Every check that was made, in the order in which they are listed.</param>
/// <param name="Checkpoint">Where the commit chain ends; null without commits.</param>
public sealed record EndStateReport(
    long Records,
    long Streams,
    long Commits,
    ChainCheckpoint? Checkpoint,
    ImmutableArray<CheckResult> Checks
)
{
    /// <summary>The first of the late entries (补录); they are no breach.</summary>
    public ImmutableArray<LateRecord> Late { get; init; } = [];

    /// <summary>How many late entries there are.</summary>
    public long LateCount { get; init; }

    /// <summary>How many commands that were answered it looked for.</summary>
    public long Acknowledged => Checks.Where(check => check.Check == EndStateCheck.OfAcknowledged).Sum(check => check.Looked);

    /// <summary>What is damaged besides, and costs nothing.</summary>
    public ImmutableArray<Words> Notices { get; init; } = [];

    /// <summary>No check found a breach.</summary>
    public bool Sound => Checks.All(check => check.Breaches == 0);
}

/// <summary>What one check found.</summary>
/// <param name="Check">Its name for programs, such as <c>certificates</c>.</param>
/// <param name="Clause">The clause that it watches over.</param>
/// <param name="Looked">How many things it judged.</param>
/// <param name="NotJudged">Things that it could not judge: streams that left memory, cases of a procedure version that the seeds no longer
/// hold.</param>
/// <param name="Breaches">How many breaches it found.</param>
/// <param name="First">The first of them, at most <see cref="Findings.Named"/>.</param>
public sealed record CheckResult(
    string Check,
    string Clause,
    Words About,
    long Looked,
    long NotJudged,
    long Breaches,
    ImmutableArray<StateBreach> First
);

/// <summary>One breach, with the record that shows it.</summary>
/// <param name="Stream">Stream without the world; null when no one stream shows it.</param>
/// <param name="Version">Version of the record; null when it is about the whole stream.</param>
public sealed record StateBreach(string? Stream, long? Version, Words Why);
