using TownReform.Grains.Audit.EndState;
using TownReform.Grains.Rules.Reads;
using TownReform.Grains.Tests.Fixtures;
using TownReform.Tests.Fixtures;
using static TownReform.Grains.Tests.Cases.Permits;

namespace TownReform.Grains.Tests.Audit;

/// <summary>Who has read which file, when, from which office (阅卷留痕): on record, for the party and for auditors.</summary>
public sealed class ReadLogTests(CaseCluster cluster)
{
    private static readonly DateOnly Day = PureCase.Day;
    private static readonly Actor Clerk = new("YD-024", "government-service"),
        Auditor = new("A-1", NoteRead.Audit);

    [Fact]
    public async Task Read_ByClerkCountyPartyAndAuditor_IsToldToThePartyAndToAuditors()
    {
        var (town, permit) = await OpenedAsync(cluster);
        var log = Log(town);
        await NoteAsync(log, permit.Number, Clerk, Day);
        await NoteAsync(log, permit.Number, Clerk, Day, minutes: 5);
        await NoteAsync(log, permit.Number, new Actor("housing-1", "housing"), Day.AddDays(1));
        await NoteAsync(log, permit.Number, PureCase.Public(), Day.AddDays(2));
        await NoteAsync(log, permit.Number, Auditor, Day.AddDays(3), reason: "专项审计");
        await NoteAsync(log, "YD00000077", Clerk, Day.AddDays(1));

        var reads = (await log.OfCaseAsync(permit.Number, Day, Day.AddDays(3))).ShouldSucceed();
        reads.IsWhole.ShouldBeTrue();
        reads
            .Reads.Select(read => (read.Reader.Id, read.Office.Zh))
            .ShouldBe([("A-1", "审计"), ("citizen", "群众"), ("housing-1", town.Plan.OfficeName("housing")!.Zh), ("YD-024", "政务服务局")]);
        (reads.Reads[0].Reason, reads.Reads[0].Part, reads.Reads[0].Version).ShouldBe(("专项审计", FilePart.File, 1));
        (await log.OfCaseAsync($" {permit.Number}", Day.AddDays(1), Day.AddDays(2))).ShouldSucceed().Reads.Length.ShouldBe(2);

        var ofOffice = (await log.OfOfficeAsync("yandian", "government-service", Day, Day.AddDays(9))).ShouldSucceed();
        ofOffice.Reads.Select(read => read.Case).ShouldBe(["YD00000077", permit.Number]);
        (await log.OfOfficeAsync("yandian", null, Day, Day.AddDays(9))).ShouldSucceed().Reads.Length.ShouldBe(5);
        (await log.OfOfficeAsync("guyun", null, Day, Day.AddDays(9))).ShouldSucceed().Reads.ShouldBeEmpty();
        (await town.KindsAsync(permit.Stream)).ShouldBe(["case.opened"], "reading leaves nothing on the case itself");
    }

    /// <summary>What comes while others are recorded goes into one record.</summary>
    [Fact]
    public async Task Read_ByManyAtOnce_IsFewRecordsAndWhole()
    {
        var town = await cluster.FoundAsync();
        var (log, key, first) = (Log(town), ReadRules.Key(Day, "yandian", Clerk.Office), new TaskCompletionSource());
        town.Journal.HoldReads($"reads/{key}", first.Task);
        var reading = Enumerable.Range(1, 300).Select(n => NoteAsync(log, $"YD{n:D8}", Clerk, Day)).ToArray();
        await cluster.Calls.BegunAsync(town.Grains.GetGrain<IReadLogPage>($"{town.World}/{key}"), reading.Length);
        first.SetResult();
        await Task.WhenAll(reading);
        (await log.OfOfficeAsync("yandian", Clerk.Office, Day, Day))
            .ShouldSucceed()
            .Reads.Select(read => read.Case)
            .Order()
            .ShouldBe(Enumerable.Range(1, 300).Select(n => $"YD{n:D8}"));
        (await town.KindsAsync($"reads/{key}")).Length.ShouldBe(2, "the first, and all that came meanwhile");
        var audit = await EndStateCheck.RunAsync(
            town.Scan,
            RealSeeds.Library,
            world: town.World,
            cancellation: TestContext.Current.CancellationToken
        );
        audit.Checks.SelectMany(check => check.First).Select(found => $"{found}").ShouldBeEmpty();
    }

    [Fact]
    public async Task Read_MadeUp_IsRefusedAndNotNoted()
    {
        var town = await cluster.FoundAsync();
        var log = Log(town);
        (await TryAsync(log, "YD00000001", Actor.System, Day)).ShouldBeRefused(RefusalCode.SystemFromOutside);
        (await TryAsync(log, "YD00000001", new("YD-024", "ministry"), Day)).ShouldBeRefused(RefusalCode.NoSuchOffice);
        (await TryAsync(log, "ZZ00000001", Clerk, Day)).ShouldBeRefused(RefusalCode.CaseUnknown);
        (await TryAsync(log, "YD%", Clerk, Day)).ShouldBeRefused(RefusalCode.CaseUnknown);
        (await TryAsync(log, null!, Clerk, Day)).ShouldBeRefused(RefusalCode.TextMissing);
        (await log.OfCaseAsync("YD0000000%", Day, Day)).ShouldBeRefused(RefusalCode.CaseUnknown);
        (await log.OfOfficeAsync("nowhere", null, Day, Day)).ShouldBeRefused(RefusalCode.TownUnknown);
        (await log.OfOfficeAsync("yandian", "ministry", Day, Day)).ShouldBeRefused(RefusalCode.NoSuchOffice);
        (await log.OfOfficeAsync("yandian", null, Day, DateOnly.MaxValue)).ShouldSucceed().Reads.ShouldBeEmpty();
    }

    /// <summary>Noted once also by an activation that hasn't seen the first.</summary>
    [Fact]
    public async Task Read_AgainAfterItsGrainWasForgotten_IsNotedOnce()
    {
        var town = await cluster.FoundAsync();
        await NoteAsync(Log(town), "YD00000001", Clerk, Day);
        var key = ReadRules.Key(Day, "yandian", Clerk.Office);
        await cluster.ForgetAsync(town.Grains.GetGrain<IReadLogPage>($"{town.World}/{key}"));
        await NoteAsync(Log(town), "YD00000001", Clerk, Day, minutes: 1);
        (await town.KindsAsync($"reads/{key}")).ShouldBe(["reads.noted"]);
    }

    private static IReadLogGrain Log(TestTown town) => town.Grains.GetGrain<IReadLogGrain>(town.World);

    private static async Task NoteAsync(
        IReadLogGrain log,
        string number,
        Actor who,
        DateOnly day,
        int minutes = 0,
        string? reason = null
    ) =>
        (
            await log.NoteAsync(new(Stamps.Next(PureCase.At(day).AddMinutes(minutes), who), number, FilePart.File, 1, reason))
        ).ShouldSucceed();

    private static Task<Outcome<FileRead>> TryAsync(IReadLogGrain log, string number, Actor who, DateOnly day) =>
        log.NoteAsync(new(Stamps.Next(PureCase.At(day), who), number, FilePart.File, 1));
}
