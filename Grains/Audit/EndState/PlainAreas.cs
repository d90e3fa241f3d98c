using TownReform.Grains.Bureaus;
using TownReform.Grains.Counties;
using TownReform.Grains.Fees;
using TownReform.Grains.Intake;
using TownReform.Grains.Journal;
using TownReform.Grains.Powers;
using TownReform.Grains.Ratings;
using TownReform.Grains.Rules.Counties;
using TownReform.Grains.Rules.Fees;
using TownReform.Grains.Rules.Intake;
using TownReform.Grains.Rules.Offices;
using TownReform.Grains.Rules.Powers;
using TownReform.Grains.Rules.Ratings;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Towns;

namespace TownReform.Grains.Audit.EndState;

/// <summary>A town must have been founded from the very plan that it is judged by; else every other check judges by the wrong
/// law.</summary>
internal sealed class TownArea(SeedLibrary seeds, SeedsOfDay taken, Findings plan, Findings readable, SpeakersCheck speakers)
    : Area<TownState, TownEvent>(TownRecord.Events, TownState.Empty, readable)
{
    protected override void Judge(string key, JournalRecord record, TownState state, TownEvent happened)
    {
        if (happened is SeedsTaken other)
        {
            taken.Take(key, other);
        }

        if (happened is EffectSentAgain)
        {
            speakers.InRole(key, record, OfficeRules.Leader, OfficeRules.Head);
        }

        if (happened is not TownFounded it)
        {
            return;
        }

        speakers.Founded(key, it.Founder);
        plan.Look();
        if (!seeds.Towns.TryGetValue(key, out var known) || !known.IsEdition(it.PlanHash))
        {
            plan.Breach(
                record.Stream,
                record.Version,
                $"{key} 系按方案 {it.PlanHash} 建立，现用种子数据为 {known?.Hash ?? "无"}。",
                $"{key} was founded from plan {it.PlanHash}; the seeds hold {known?.Hash ?? "none"}."
            );
        }
    }

    protected override TownState Apply(TownState state, TownEvent happened) => TownRules.Apply(state, happened);
}

/// <summary>A4: each change of a power was possible over those before it.</summary>
internal sealed class CatalogueArea(SeedLibrary seeds, Findings powers, Findings readable, PublishedPowers published)
    : Area<CatalogueState, CatalogueEvent>(CatalogueRecord.Events, CatalogueState.Empty, readable)
{
    protected override void Judge(string key, JournalRecord record, CatalogueState state, CatalogueEvent happened)
    {
        published.Take(key, record, happened);
        if (happened is not PowerAdjusted it)
        {
            return;
        }

        powers.Look();
        if (
            CatalogueRules
                .Adjust(
                    state,
                    seeds.Towns[key],
                    new AdjustPower(it.Case, it.Item, it.Change, it.Entry.From, it.Entry.PromisedLimit),
                    seeds.Law
                )!
                .IsRefused(out var refusal, out var expected)
        )
        {
            powers.Breach(record.Stream, record.Version, refusal);
        }
        else if (expected != it)
        {
            powers.Breach(
                record.Stream,
                record.Version,
                $"{it.Item} 的变动与规则所得不符。",
                $"The change of {it.Item} is not what the rules lead to."
            );
        }
    }

    protected override CatalogueState Apply(CatalogueState state, CatalogueEvent happened) => CatalogueRules.Apply(state, happened);
}

/// <summary>Filing tasks are replayed; a history that can't be followed is told.</summary>
internal sealed class FilingArea(Findings readable, Findings speakers)
    : Area<FilingState, FilingEvent>(FilingRecord.Events, FilingState.Empty, readable)
{
    // Older records were made by anybody.
    protected override void Judge(string key, JournalRecord record, FilingState state, FilingEvent happened)
    {
        if (record.ReceivedAt is not null && happened is FilingAnswered or InterferenceRecorded)
        {
            speakers.Look();
            if (record.ActorOffice != TownOf(key).Of)
            {
                speakers.Breach(
                    record.Stream,
                    record.Version,
                    $"{record.ActorId}（{record.ActorOffice}）不是承办部门。",
                    $"{record.ActorId} ({record.ActorOffice}) is not of the department that has the task."
                );
            }
        }
    }

    protected override FilingState Apply(FilingState state, FilingEvent happened) => FilingRules.Apply(state, happened);
}

/// <summary>Bureaus are replayed; a history that can't be followed is told.</summary>
internal sealed class BureauArea(Findings readable) : Area<BureauState, BureauEvent>(BureauCodec.Instance, BureauState.Empty, readable)
{
    protected override void Judge(string key, JournalRecord record, BureauState state, BureauEvent happened) { }

    protected override BureauState Apply(BureauState state, BureauEvent happened) => BureauState.Apply(state, happened);
}

/// <summary>Ratings are replayed; a history that can't be followed is told.</summary>
internal sealed class RatingArea(Findings readable) : Area<RatingState, RatingEvent>(RatingRecord.Events, RatingState.Empty, readable)
{
    protected override void Judge(string key, JournalRecord record, RatingState state, RatingEvent happened) { }

    protected override RatingState Apply(RatingState state, RatingEvent happened) => RatingRules.Apply(state, happened);
}

/// <summary>Numbers of receipts are replayed; a history that can't be followed is told.</summary>
internal sealed class ReceiptNumberArea(Findings readable)
    : Area<ReceiptNumberState, ReceiptNumberEvent>(ReceiptNumberRecord.Events, ReceiptNumberState.Empty, readable)
{
    protected override void Judge(string key, JournalRecord record, ReceiptNumberState state, ReceiptNumberEvent happened) { }

    protected override ReceiptNumberState Apply(ReceiptNumberState state, ReceiptNumberEvent happened) =>
        happened is ReceiptNumberUsed used ? new(used.Case) : state;
}

/// <summary>Counters of the intake are replayed; a history that can't be followed is told.</summary>
internal sealed class IntakeArea(Findings readable) : Area<IntakeState, IntakeEvent>(IntakeRecord.Events, IntakeState.Empty, readable)
{
    protected override void Judge(string key, JournalRecord record, IntakeState state, IntakeEvent happened) { }

    protected override IntakeState Apply(IntakeState state, IntakeEvent happened) => state;
}
