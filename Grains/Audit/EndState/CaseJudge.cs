using System.Collections.Immutable;
using TownReform.Grains.Journal;
using TownReform.Grains.Matters;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Grains.Audit.EndState;

/// <summary>
/// Asks the rules of cases once more, with the facts that the record holds. What another grain could have said otherwise a moment later (a
/// power's standing, who is away) isn't asked again: it was answered when it was decided, and the record of that grain is judged by itself.
/// </summary>
internal sealed class CaseJudge(
    SeedLibrary seeds,
    SeedsOfDay taken,
    CaseFactsOnRecord facts,
    ArrivalsCheck arrivals,
    PublishedPowers published
)
{
    private readonly CaseAlways always = new(seeds, published);

    /// <summary>Whether the seeds hold the case's town, and its procedure in the case's own version.</summary>
    public bool Knows(CaseFile file, CaseEvent happened)
    {
        var (town, procedure, version) = happened is CaseOpened it
            ? (it.Town, it.Procedure, it.ProcedureVersion)
            : (file.Town, file.Procedure, file.ProcedureVersion);
        return (!file.IsOpened && happened is not CaseOpened)
            || (seeds.Towns.ContainsKey(town) && seeds.Find(procedure, version) is not null && !taken.HasChanged(town, procedure, version));
    }

    /// <summary>Whether the seeds hold all by which an opened case's row and work were written.</summary>
    public bool Knows(CaseFile file) => seeds.Towns.ContainsKey(file.Town) && seeds.ProcedureOf(file).Steps.ContainsKey(file.Step);

    /// <summary>A case's procedure, in its own version.</summary>
    public Procedure ProcedureOf(CaseFile file) => seeds.ProcedureOf(file);

    /// <summary>Whether what is decided can't be decided again; what an office asks for can be lengthened.</summary>
    public bool DecidesOnce(CaseFile file) =>
        seeds.Find(file.Procedure, file.ProcedureVersion) is { } procedure && procedure.Route != "internal";

    /// <summary>Tells whatever is not as the rules say.</summary>
    public void Judge(string number, JournalRecord record, CaseFile file, CaseEvent happened, Findings legal)
    {
        always.Judge(record, file, happened, legal);
        var wrong = happened switch
        {
            CaseOpened it => Opened(number, record, file, it, legal),
            ActRefused it => file.IsOpened || it.Act == CaseRules.OpenAct ? null : "act",
            ActTaken it => Taken(record, file, it, legal),
            ClockTurned it => Turned(file, it),
            CaseHandedOver it => file.IsOpen && it.From.SequenceEqual(file.Officers) ? null : "from",
            PowerFollowed it => InFlightRules.Follow(file, new FollowPower(it.At, it.Change, it.From), facts.At(file, it.At)) == it
                ? null
                : "power",
            DueDayMoved it => Moved(file, it),
            CertificateSet => file.IsOpen && file.Certificate is null && record.ActorId == Actor.System.Id ? null : "certificate",
            _ => null,
        };
        if (wrong is not null)
        {
            legal.Breach(
                record.Stream,
                record.Version,
                $"{record.Kind} 与程序不符：{wrong}。",
                $"{record.Kind} is not what the procedure leads to: {wrong}."
            );
        }
    }

    /// <summary>Keeps what other checks will ask of the case.</summary>
    public void Note(CaseTrack track, JournalRecord record, CaseEvent happened)
    {
        if (happened is not ActTaken taken || seeds.Find(track.File!.Procedure, track.File.ProcedureVersion) is not { } procedure)
        {
            return;
        }

        var act = procedure.ActAt(taken.From, taken.Act);
        if (!track.NotJudged)
        {
            arrivals.Expect(record, act?.Effects ?? []);
        }

        if (act is not { Causes.IsEmpty: false })
        {
            return;
        }

        var (after, stamp) = (CaseState.Apply(track.File, taken), StampOf.Record(record));
        foreach (var effect in Caused(after, act, stamp, facts.Of(after.Town, procedure, after, after.Subject, stamp, taken.Fields)))
        {
            if (effect is NumberCertificate)
            {
                track.NumberAskedAt = record.Version;
            }
            else if (MatterLibrary.Audit.Kept.Contains(effect.GetType()))
            {
                track.Caused = track.Caused.Add(effect);
            }
        }
    }

    // The effects that the act has caused, as its matter makes them of the case after it.
    private static IEnumerable<Effect> Caused(CaseFile after, ActRule act, Stamp stamp, CaseFacts known) =>
        act.Causes.Select(effect => effect.Of(new ActCheck(after, null, act, stamp, [], known)).Effect);

    private string? Opened(string number, JournalRecord record, CaseFile file, CaseOpened it, Findings legal)
    {
        if (file.Version > 0)
        {
            return "opened";
        }

        var stamp = StampOf.Record(record);
        var procedure = seeds.Find(it.Procedure, it.ProcedureVersion)!;
        var given = CaseFee.Given(procedure, it.Fields);
        var command = new OpenCase(
            Stamp: stamp,
            Town: it.Town,
            Procedure: it.Procedure,
            Subject: it.Subject,
            Party: it.Party,
            Green: it.Green,
            Fields: given
        );
        var known = facts.Of(it.Town, procedure, CaseFile.None, it.Subject, stamp, given);
        if (CaseRules.Open(number, command, known).IsRefused(out var refusal, out var decided))
        {
            legal.Breach(record.Stream, record.Version, refusal);
            return null;
        }

        var expected = decided.Event;
        return it.Number != number ? "number"
            : it.ItemKind != expected.ItemKind ? "kind"
            : it.CommandId != record.CommandId ? "commandId"
            : it.At != record.At ? "at"
            : it.Day != expected.Day ? "day"
            : it.Step != expected.Step ? "step"
            : it.Workplace != expected.Workplace ? "workplace"
            : it.Owner != expected.Owner || it.StartsClock != expected.StartsClock ? "owner"
            : it.WithoutVisit != expected.WithoutVisit ? "visit"
            : null;
    }

    private string? Taken(JournalRecord record, CaseFile file, ActTaken it, Findings legal)
    {
        if (it.From != file.Step)
        {
            return $"from {it.From}, {file.Step}";
        }

        var stamp = StampOf.Record(record);
        var known = facts.Of(file.Town, seeds.ProcedureOf(file), file, file.Subject, stamp, it.Fields);
        if (CaseRules.Act(file, new ActOnCase(stamp, it.Act, it.Fields), known).IsRefused(out var refusal, out var decided))
        {
            legal.Breach(record.Stream, record.Version, refusal);
            return null;
        }

        var expected = decided.Event;
        return it.To != expected.To ? $"to {it.To}, {expected.To}"
            : !it.By.SequenceEqual(expected.By) ? "by"
            : it.Owner != expected.Owner ? "owner"
            : it.Workplace != expected.Workplace ? "workplace"
            : it.Disposition != expected.Disposition || it.Granted != expected.Granted || it.Decides != expected.Decides ? "disposition"
            : it.Clock != expected.Clock
            || it.ExtendedDays != expected.ExtendedDays
            || it.StoppedDays != expected.StoppedDays
            || it.StatutoryStoppedDays != expected.StatutoryStoppedDays
                ? "clock"
            : it.Law is not null && it.Law != expected.Law ? "law"
            : it.Statutory != expected.Statutory ? "statutory"
            : it.Visit != expected.Visit ? "visit"
            : it.Day != expected.Day || it.At != record.At ? "day"
            : it.Colour != expected.Colour ? "colour"
            : it.Certificate is not null
            && (
                file.Certificate is not null
                || !Caused(decided.Next, known.Procedure.ActAt(it.From, it.Act)!, stamp, known).Any(effect => effect is NumberCertificate)
            )
                ? "certificate"
            : null;
    }

    private string? Turned(CaseFile file, ClockTurned it)
    {
        var known = facts.At(file, it.At);
        var reading = ClockRules.Look(file, known.Procedure.Steps.GetValueOrDefault(file.Step), known.Day, known.Calendar, known.Law);
        return !file.IsOpen || it.Colour <= file.Colour || it.Colour > reading.Colour ? "colour"
            : it.Due != reading.Due ? "due"
            : null;
    }

    private string? Moved(CaseFile file, DueDayMoved it)
    {
        var known = facts.At(file, it.At);
        var reading = ClockRules.Look(file, known.Procedure.Steps.GetValueOrDefault(file.Step), known.Day, known.Calendar, known.Law);
        return !file.IsOpen || it.Colour > file.Colour ? "colour"
            : it.To != reading.Due && taken.IsLawAsNow(file.Town) ? "due"
            : null;
    }
}
