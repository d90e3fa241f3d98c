using System.Collections.Immutable;
using System.Text;
using TownReform.Grains.Journal;

namespace TownReform.Grains.Tests.Journal;

/// <summary>Appends, rows and effects that tests record.</summary>
internal static class Sample
{
    public static DateTimeOffset Opening { get; } = new(2019, 6, 3, 9, 0, 0, TimeSpan.FromHours(8));

    public static Guid Id(int n) => new(n, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);

    public static JournalAppend Append(
        string stream,
        JournalHead previous,
        int command,
        CaseRow? row = null,
        bool closes = false,
        params Delivery[] effects
    ) => new(stream, previous, [Event(command)], [.. effects], row, closes);

    public static NewEvent Event(int command) =>
        new(
            new Stamp(Id(command), new Actor("S001", "government-service"), Opening.AddMinutes(command)),
            "case.act-taken",
            Encoding.UTF8.GetBytes($$"""{"schema":1,"act":"受理","n":{{command}}}"""),
            Opening.AddMinutes(command).AddSeconds(1),
            CommandDigest.Of(new Stamp(Id(command), new Actor("S001", "government-service"), Opening), "act", $"{command}")
        );

    public static CaseRow Row(
        string number,
        int openedBy,
        WorkItem? work = null,
        string town = "yandian",
        string party = "P1",
        Disposition disposition = Disposition.Open
    ) =>
        new(
            Number: number,
            Town: town,
            Procedure: "permit",
            Kind: "grant",
            Subject: "YD-014",
            Step: "examine",
            Disposition: disposition,
            Workplace: work is null ? null : $"{town}/government-service",
            Colour: ClockColour.Green,
            PartyId: party,
            PartyName: "张三",
            Certificate: null,
            OpenedAt: Opening.AddMinutes(openedBy),
            ChangedAt: Opening.AddMinutes(openedBy),
            OpenedBy: Id(openedBy),
            Work: work
        );

    public static WorkItem Work(string number, long version, int sinceMinute = 0) =>
        new(
            Case: number,
            Version: version,
            Step: "examine",
            Item: "YD-014",
            Role: "examiner",
            Hands: 1,
            Certificates: ["law"],
            NotBy: ["S009"],
            Prefer: null,
            Green: true,
            Since: Opening.AddMinutes(sinceMinute),
            NextCheckOn: new DateOnly(2019, 6, 5),
            Due: new DateOnly(2019, 6, 9),
            Officers: ["S001", "S002"]
        );

    public static Delivery Effect(string stream, long version, int ordinal, string target = "live/yandian", string type = "seal") =>
        new(
            new EffectId(stream, version, ordinal),
            type,
            target,
            Opening.ToUniversalTime(),
            new NumberCertificate("YD00000001", "permit", "YD-014")
        );

    /// <summary>Records several plain records on one stream.</summary>
    public static async Task<JournalHead> RecordAsync(this IJournal journal, string stream, int records, int firstCommand = 1)
    {
        var head = JournalHead.None;
        for (var i = 0; i < records; i++)
        {
            head = await journal.AppendAsync(Append(stream, head, firstCommand + i));
        }

        return head;
    }

    public static ImmutableArray<long> Versions(this IEnumerable<JournalRecord> records) => [.. records.Select(record => record.Version)];
}
