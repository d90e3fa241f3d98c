using System.Collections.Immutable;
using TownReform.Grains.Rules.Records;
using TownReform.Grains.Rules.Towns;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Identity;

namespace TownReform.Silo.Api.Reads;

/// <summary>Files that were read (阅卷记录).</summary>
/// <param name="From">First day that was looked at, in the town.</param>
/// <param name="Until">Last one.</param>
/// <param name="Reads">Latest first.</param>
/// <param name="IsWhole">False where there is more than was looked through; ask for fewer days.</param>
public sealed record ReadsResource(DateOnly From, DateOnly Until, ImmutableArray<ReadResource> Reads, bool IsWhole);

/// <summary>That somebody was shown a file, or a part of it.</summary>
/// <param name="Reader">Id of who; null for the party, who is told the office alone.</param>
/// <param name="Office">Code of the office from which.</param>
/// <param name="Version">The version of the case that was shown.</param>
/// <param name="Reason">What they said it was for.</param>
public sealed record ReadResource(
    string Case,
    string? Reader,
    string Office,
    Words OfficeName,
    DateTimeOffset At,
    FilePart Part,
    long Version,
    string? Reason
);

/// <summary>
/// Who has read which file: for the party of a case without names, for auditors all, for a head what was read from their office, for
/// everybody else there what they read themselves.
/// </summary>
internal sealed class ReadLists(CaseFiles files, SpeakingAs speaking, TownCalls town, SeedLibrary seeds, ITownClock clock)
{
    /// <summary>Days that are looked at where none are named.</summary>
    public const int Days = 30;

    private IReadLogGrain Log => town.Grains.Grain<IReadLogGrain>(town.World);

    /// <summary>Who has read the file of a case, since it was opened.</summary>
    public async Task<Outcome<ReadsResource>> OfCaseAsync(Requester who, string number, ReadDays days, string? office = null)
    {
        if ((await files.MayAsync(who, number, CaseRights.Readers, office)).IsRefused(out var refusal, out var known))
        {
            return refusal;
        }

        var plan = seeds.Towns[known.Town];
        var (from, until) = (days.From ?? plan.DayOf(known.Opened), days.Until ?? plan.DayOf(await clock.NowAsync()));
        return (await TownCalls.SendAsync(() => Log.OfCaseAsync(known.Number, from, until))).IsRefused(out refusal, out var reads)
            ? refusal
            : Resource(from, until, [reads], isNamed: who.Parties.IsEmpty);
    }

    /// <summary>What was read of a town's cases; for auditors.</summary>
    /// <param name="office">From one office; null for all.</param>
    public async Task<Outcome<ReadsResource>> OfTownAsync(string code, string? office, ReadDays days)
    {
        if (!seeds.Towns.TryGetValue(code, out var plan))
        {
            return TownRefusals.Unknown(code);
        }

        var until = days.Until ?? plan.DayOf(await clock.NowAsync());
        var from = days.From ?? Before(until);
        return (await TownCalls.SendAsync(() => Log.OfOfficeAsync(code, office, from, until))).IsRefused(out var refusal, out var reads)
            ? refusal
            : Resource(from, until, [reads], isNamed: true);
    }

    /// <summary>What was read from an office: all of it for its head, and what they read themselves for everybody else there.</summary>
    public async Task<Outcome<ReadsResource>> OfOfficeAsync(Requester who, string office, ReadDays days)
    {
        if (!who.May(KeyScopes.Read))
        {
            return IdentityRefusals.OutsideScope(KeyScopes.Read);
        }

        return (await speaking.OfficeAsync(who, office)).IsRefused(out var refusal, out var speaker)
            ? refusal
            : await OfOfficeAsync(speaker, days);
    }

    /// <inheritdoc cref="OfOfficeAsync(Requester, string, ReadDays)"/>
    public async Task<Outcome<ReadsResource>> OfOfficeAsync(Speaker speaker, ReadDays days)
    {
        var plans = speaker.Town is { } home
            ? [seeds.Towns[home]]
            : seeds.Towns.Values.Where(plan => plan.County.Code == speaker.County).ToImmutableArray();
        if (plans.IsEmpty)
        {
            return RecordingRefusals.NoSuchOffice(speaker.Actor.Office);
        }

        var until = days.Until ?? plans[0].DayOf(await clock.NowAsync());
        var from = days.From ?? Before(until);
        var found = await Task.WhenAll(
            plans.Select(plan => TownCalls.SendAsync(() => Log.OfOfficeAsync(plan.Code, speaker.Actor.Office, from, until)))
        );
        foreach (var one in found)
        {
            if (one.IsRefused(out var refusal, out _))
            {
                return refusal;
            }
        }

        var all = Resource(from, until, [.. found.Select(one => one.Value!)], isNamed: true);
        return AccessRules.IsSuperior(speaker) ? all : all with { Reads = [.. all.Reads.Where(read => read.Reader == speaker.Actor.Id)] };
    }

    private static DateOnly Before(DateOnly until) => until.DayNumber > Days ? until.AddDays(-Days) : until;

    private static ReadsResource Resource(DateOnly from, DateOnly until, ImmutableArray<FileReads> found, bool isNamed) =>
        new(
            from,
            until,
            [.. found.SelectMany(reads => reads.Reads).OrderByDescending(read => read.At).Select(read => Of(read, isNamed))],
            found.All(reads => reads.IsWhole)
        );

    private static ReadResource Of(FileRead read, bool isNamed) =>
        new(
            read.Case,
            !isNamed ? null
                : read.Reader.Office == Actor.Public ? Masks.Id(read.Reader.Id)
                : read.Reader.Id,
            read.Reader.Office,
            read.Office,
            read.At,
            read.Part,
            read.Version,
            read.Reason
        );
}
