using TownReform.Grains.Journal;
using TownReform.Grains.Neighbours;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Documents;
using TownReform.Grains.Rules.Moments;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Grains.Cases;

/// <summary>A case as clients read it: as it stands, as it stood, what happened on it.</summary>
public abstract class ReadableCase(IWorlds worlds, INeighbourhood neighbourhood, SeedLibrary seeds)
    : AskedCase(worlds, neighbourhood, seeds)
{
    private const int Page = 500;
    private static readonly TimeSpan LongestWatch = TimeSpan.FromSeconds(5);

    public async Task<Outcome<CaseView>> ReadAsync()
    {
        await LoadAsync();
        return AsItStands();
    }

    public async Task<Outcome<CaseView>> WatchAsync(long afterVersion, TimeSpan atMost)
    {
        await LoadBesideAsync();
        if (State.IsOpen && Version <= afterVersion)
        {
            await RecordedAsync(atMost < LongestWatch ? atMost : LongestWatch);
        }

        return AsItStands();
    }

    public async Task<Outcome<CaseView>> ReadAtAsync(AsOf asOf) =>
        (await ThenAsync(asOf)).IsRefused(out var refusal, out var then)
            ? refusal
            : then.File.ToView(
                Step(then.File),
                Seeds.Towns[then.File.Town].Items.GetValueOrDefault(then.File.Subject),
                then.Day,
                Seeds.Calendar,
                Seeds.Law
            );

    public async Task<Outcome<ClockDays>> ClockDaysAsync(AsOf asOf)
    {
        if ((await ThenAsync(asOf)).IsRefused(out var refusal, out var then))
        {
            return refusal;
        }

        var (file, day) = (then.File, then.Day);
        var stops = ClockStops.Of(then.Events, new(Seeds.ProcedureOf(file)));
        return new ClockDays(
            file.Number,
            file.Version,
            day,
            ClockDayRules.Count(file, file.IsOpen ? Step(file) : null, stops, day, Seeds.Calendar, Seeds.Law)
        );
    }

    public async Task<Outcome<CaseHistory>> HistoryAsync(long afterVersion)
    {
        await LoadAsync();
        if (!State.IsOpened)
        {
            return CaseRefusals.Unknown(Key);
        }

        var (file, version, after) = (State, Version, Math.Max(afterVersion, 0));
        var records = after >= version ? [] : await Storage.Journal.ReadAsync(Stream, after, Math.Min(version, after + Page));
        var (words, plan) = (new HistoryWords(Seeds.ProcedureOf(file)), Seeds.Towns[file.Town]);
        return new CaseHistory(file.Number, version, [.. records.Select(record => Told(record, Codec.Read(record), words, plan))]);
    }

    public async Task<Outcome<CaseDocuments>> DocumentsAsync()
    {
        await LoadAsync();
        if (!State.IsOpened)
        {
            return CaseRefusals.Unknown(Key);
        }

        var (file, plan) = (State, Seeds.Towns[State.Town]);
        var ground = new DocumentGround(
            plan,
            Seeds.ProcedureOf(file),
            plan.Items.GetValueOrDefault(file.Subject),
            Seeds.Calendar,
            Seeds.Law,
            Seeds.Documents
        );
        var records = await Storage.Journal.ReadAsync(Stream, 0, Version);
        return new CaseDocuments(file.Number, DocumentRules.Of([.. records.Select(Source)], ground));
    }

    private DocumentSource Source(JournalRecord record) =>
        new(
            record.Version,
            record.At,
            new Actor(record.ActorId, record.ActorOffice, record.ActorFor),
            Convert.ToHexStringLower(record.Hash.Span),
            Codec.Read(record)
        );

    // As it stood after a record, on the day of that record; or at a moment, on its day while the case was open, else on the case's last
    // day.
    private async Task<Outcome<CaseThen>> ThenAsync(AsOf asOf)
    {
        await LoadAsync();
        if (!State.IsOpened)
        {
            return CaseRefusals.Unknown(Key);
        }

        // What lies ahead of the town's clock nobody knows.
        if (
            asOf is null or { Version: null, At: null } or { Version: < 1 }
            || asOf.Version > Version
            || (asOf.Version is null && asOf.At > Reception.Clock?.Now)
            || await ReplayAsync(asOf) is not ({ IsOpened: true } file, var last, var events)
        )
        {
            return CaseRefusals.NotThen(Key, asOf, Version, State.OpenedAt);
        }

        var at = asOf.Version is null && file.IsOpen ? asOf.At!.Value : last.At;
        return new CaseThen(file, Seeds.Towns[file.Town].DayOf(at), events);
    }

    private sealed record CaseThen(CaseFile File, DateOnly Day, IReadOnlyList<CaseEvent> Events);

    private static HistoryRecord Told(JournalRecord record, CaseEvent happened, HistoryWords words, TownPlan plan)
    {
        var late = StoredLate.Read(record.Late);
        return new()
        {
            Version = record.Version,
            At = record.At,
            Kind = record.Kind,
            Actor = new(record.ActorId, record.ActorOffice, record.ActorFor),
            Office = CaseWords.Office(plan, record.ActorOffice),
            Act = HistoryWords.ActOf(happened),
            To = HistoryWords.Destination(happened),
            Sentence = words.Sentence(happened),
            Fields = words.Fields(happened),
            Notes = HistoryWords.Notes(happened, late, MomentWords.Minute(record.ReceivedAt ?? record.At, plan.TimeZone)),
            Refusal = (happened as ActRefused)?.Refusal,
            Late = late,
            ReceivedAt = record.ReceivedAt,
            Hash = Convert.ToHexStringLower(record.Hash.Span),
        };
    }

    private Outcome<CaseView> AsItStands() => State.IsOpened ? View(Facts(State, State.ChangedAt)) : CaseRefusals.Unknown(Key);
}
