using System.Text;
using System.Text.Json;
using Orleans.Concurrency;
using TownReform.Grains.Journal;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Offices;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Reads;
using TownReform.Grains.Rules.Records;
using TownReform.Grains.Rules.Texts;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Grains.Reads;

/// <inheritdoc cref="IReadLogGrain"/>
[GrainType("read-log"), StatelessWorker, Reentrant]
internal sealed class ReadLogGrain(IWorlds worlds, SeedLibrary seeds) : Grain, IReadLogGrain, IForgettable
{
    private const string Act = "read";

    /// <summary>Most records that are looked through, and most reads that are told.</summary>
    private const int MostRecords = 20_000,
        MostReads = 1_000;

    public bool HasNothing => World != Address.Live;

    private string World => this.GetPrimaryKeyString();

    public async Task<Outcome<FileRead>> NoteAsync(NoteRead read)
    {
        if (CommandTexts.Read(ref read) is { } unfit)
        {
            return unfit;
        }

        var (stamp, actor) = (read.Stamp, read.Stamp.Actor);
        if (actor.Office == Actor.System.Office || actor.Id == Actor.System.Id)
        {
            return OfficeRefusals.SystemFromOutside(Act, new("阅卷", "reading"));
        }

        if (TownOf(read.Case) is not { } plan)
        {
            return CaseRefusals.Unknown(read.Case);
        }

        if (ReadRules.OfficeName(plan, actor.Office) is not { } office)
        {
            return RecordingRefusals.NoSuchOffice(actor.Office);
        }

        if (worlds.ReceptionOf(World).WrongMoment(stamp, null) is { } wrong)
        {
            return wrong;
        }

        await GrainFactory.Grain<IReadLogPage>($"{World}/{ReadRules.Key(plan.DayOf(stamp.At), plan.Code, actor.Office)}").NoteAsync(read);
        return Told(ReadRules.Noted(read), actor.Office, office);
    }

    public async Task<Outcome<FileReads>> OfCaseAsync(string number, DateOnly from, DateOnly until)
    {
        if (CommandTexts.ReadCase(ref number) is { } unfit)
        {
            return unfit;
        }

        return TownOf(number) is { } plan
            ? await ListAsync(new(From(from), Until(until), $"/{plan.Code}/", number, MostRecords + 1), read => read.Case == number)
            : CaseRefusals.Unknown(number);
    }

    public async Task<Outcome<FileReads>> OfOfficeAsync(string town, string? office, DateOnly from, DateOnly until) =>
        !seeds.Towns.TryGetValue(town ?? "", out var plan) ? TownRefusals.Unknown(town ?? "")
        : office is not null && ReadRules.OfficeName(plan, office) is null ? RecordingRefusals.NoSuchOffice(office)
        : await ListAsync(new(From(from), Until(until), $"/{plan.Code}/{office}", null, MostRecords + 1), _ => true, office);

    private async Task<FileReads> ListAsync(ReadsQuery query, Func<NotedRead, bool> matches, string? office = null)
    {
        var records = await worlds.Of(World).ReadModel.ListReadsAsync(query);
        FileRead[] reads =
        [
            .. records
                .Take(MostRecords)
                .SelectMany(record => Told(record, office).Where(read => matches(read.Noted)))
                .Select(read => read.Told)
                .OrderByDescending(read => read.At)
                .Take(MostReads + 1),
        ];
        return new([.. reads.Take(MostReads)], records.Count <= MostRecords && reads.Length <= MostReads);
    }

    // A record that somebody has damaged is for the audit to tell.
    private IEnumerable<(NotedRead Noted, FileRead Told)> Told(ReadsRecord record, string? office)
    {
        if (
            ReadRules.Read(record.Stream[(record.Stream.IndexOf('/') + 1)..]) is not { } page
            || (office is not null && page.Office != office)
            || !seeds.Towns.TryGetValue(page.Town, out var plan)
            || Parsed(record) is not { } happened
        )
        {
            return [];
        }

        var name = ReadRules.OfficeName(plan, page.Office) ?? new(page.Office, page.Office);
        return happened.Reads.Select(read => (read, Told(read, page.Office, name)));
    }

    private static FileRead Told(NotedRead read, string office, Words name) =>
        new(
            Case: read.Case,
            Reader: new(read.By, office, read.For),
            Office: name,
            At: read.At,
            Part: read.Part,
            Version: read.Version,
            Reason: read.Reason
        );

    private static FilesRead? Parsed(ReadsRecord record)
    {
        try
        {
            return JsonSerializer.Deserialize(Encoding.UTF8.GetBytes(record.Payload), ReadJson.Default.FilesRead);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // A number is its town's letters and digits, and nothing that a pattern could read otherwise.
    private TownPlan? TownOf(string number)
    {
        foreach (var plan in seeds.Towns.Values)
        {
            if (
                number.Length > plan.Prefix.Length
                && number.StartsWith(plan.Prefix, StringComparison.Ordinal)
                && !number.AsSpan(plan.Prefix.Length).ContainsAnyExceptInRange('0', '9')
            )
            {
                return plan;
            }
        }

        return null;
    }

    private static string From(DateOnly day) => $"reads/{day:O}/";

    private static string Until(DateOnly day) => $"reads/{(day < DateOnly.MaxValue ? day.AddDays(1) : day):O}/";
}
