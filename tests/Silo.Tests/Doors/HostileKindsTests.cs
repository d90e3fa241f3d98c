using System.Collections.Immutable;
using System.Globalization;
using TownReform.Grains.Audit;
using TownReform.Grains.Audit.EndState;
using TownReform.Grains.Seeds;
using TownReform.Silo.Tests.Fixtures;

namespace TownReform.Silo.Tests.Doors;

/// <summary>What a client that means harm was seen to do, kind by kind, at a real silo: nothing of it happens, each is told why, and what
/// honest clients ask is done as before.</summary>
public sealed class HostileKindsTests(HostileKindsTests.Town town) : IClassFixture<HostileKindsTests.Town>
{
    private const int Huge = 7_000_000,
        TooHuge = 10_000_000,
        LongestAnswer = 2000;

    /// <summary>What a dozen messages of that size may leave behind.</summary>
    private const long MostGrowth = 400L << 20;

    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private static readonly DateOnly Today = DateOnly.FromDateTime(Now.UtcDateTime);
    private static readonly Party Party = new("91371581MA3C000002", "烟店机械厂", true);

    private static int commands;

    private SiloProcess Silo => town.Silo;

    private TownClient Client => town.Client;

    private IGrainFactory Grains => Client.Grains;

    [Fact]
    public async Task ForgedEffects_OfEachKind_DoNothingAndHoldUpNobody()
    {
        var number = (await OpenAsync(Party)).ShouldNotBeNull().Value!.Number;
        var seal = Grains.GetGrain<ISealInside>("live/yandian");
        await TurnedAwayAsync(() =>
            seal.ReceiveAsync([Forged($"case/{number}", "seal", "yandian", new NumberCertificate(number, "permit", "YD-XK-002"))])
        );
        await TurnedAwayAsync(() =>
            Grains
                .GetGrain<IStaffInside>("live/yandian/YD-024")
                .ReceiveAsync([
                    Forged("case/F3", "staff", "yandian/YD-024", new BeginSecondment("F3", "finance", Today, Today.AddDays(60))),
                ])
        );
        await TurnedAwayAsync(() =>
            Grains
                .GetGrain<ICatalogueInside>("live/yandian")
                .ReceiveAsync([
                    Forged("case/F4", "catalogue", "yandian", new AdjustPower("F4", "YD-XK-002", PowerChange.Recall, Today, null)),
                ])
        );

        // Answers for cases that nobody opened: above so many, nothing else was delivered any more.
        foreach (var lot in Enumerable.Range(0, 4200).Chunk(700))
        {
            await TurnedAwayAsync(() =>
                seal.ReceiveAsync([
                    .. lot.Select(n => Forged($"case/FX{n}", "seal", "yandian", new NumberCertificate($"FX{n}", "permit", "YD-XK-001"))),
                ])
            );
        }

        (await Client.Case(number).ReadAsync()).Value!.Certificate.ShouldBeNull();
        (await seal.ReadAsync()).Issued.ShouldBe(0);
        (await Grains.GetGrain<IStaffGrain>("live/yandian/YD-024").ReadAsync()).Value!.Absences.ShouldBeEmpty();
        (await OpenAsync(Party)).Refusal.ShouldBeNull("the power is the town's as before");
        var audit = await SoundAsync();
        (audit.EffectsWaiting, audit.DeadLetters).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Texts_OfMegabytes_AreRefusedWithoutRepeatingThem()
    {
        var number = (await OpenAsync(Party)).Value!.Number;
        var (before, @case) = (Silo.MemoryNow, Client.Case(number));
        var officer = new Actor("YD-029", "government-service");
        var answers = new List<Refusal?>();
        for (var twice = 0; twice < 2; twice++)
        {
            answers.Add((await OpenAsync(new Party("p1", new string('大', Huge / 3), true))).Refusal);
            answers.Add((await OpenAsync(new Party(new string('y', Huge), "n", true))).Refusal);
            answers.Add((await @case.ActAsync(new ActOnCase(Stamp(officer), new string('a', Huge), []))).Refusal);
            answers.Add(
                (await @case.ActAsync(new ActOnCase(Stamp(officer), "accept", [new Field("with", new string('z', Huge))]))).Refusal
            );
            answers.Add((await @case.ActAsync(new ActOnCase(Stamp(officer with { For = new string('f', Huge) }), "accept", []))).Refusal);
        }

        answers.ShouldAllBe(refusal => refusal!.Code == RefusalCode.TextTooLong && refusal.ToString().Length < LongestAnswer);
        (await Grains.GetGrain<ICaseIndexGrain>(Address.Live).ListAsync(new CaseSearch(Party: new string('p', Huge)))).ShouldBeEmpty();
        (await Grains.GetGrain<ICaseIndexGrain>(Address.Live).ListAsync(new CaseSearch(Party: Party.Id))).ShouldContain(row =>
            row.Number == number
        );

        // A message that no command comes near to costs its sender the connection.
        await using (var other = await TownClient.ConnectAsync(Silo))
        {
            await Should.ThrowAsync<Exception>(() =>
                other.Case(number).ActAsync(new ActOnCase(Stamp(officer), new string('a', TooHuge), []))
            );
        }

        (await @case.ReadAsync()).Value!.Version.ShouldBe(1, "none of it is on record");
        (Silo.MemoryNow - before).ShouldBeLessThan(MostGrowth);
        town.Folder.GetFiles("*", SearchOption.AllDirectories).Sum(file => file.Length).ShouldBeLessThan(100L << 20);
        string.Join('\n', Silo.Complaints).Length.ShouldBeLessThan(10_000);
        await SoundAsync();
    }

    [Fact]
    public async Task Lists_WithoutEnd_AreRefused()
    {
        var number = (await OpenAsync(Party)).Value!.Number;
        var before = Silo.MemoryNow;
        var fields = Enumerable.Range(0, 300_000).Select(n => new Field($"f{n}", "x")).ToImmutableArray();
        (await Client.Case(number).ActAsync(new ActOnCase(Stamp(new Actor("YD-029", "government-service")), "accept", fields)))
            .Refusal.ShouldNotBeNull()
            .ToString()
            .Length.ShouldBeLessThan(LongestAnswer);
        (await OpenAsync(Party, fields)).Refusal.ShouldNotBeNull().ToString().Length.ShouldBeLessThan(LongestAnswer);
        var people = Enumerable
            .Range(0, 100_000)
            .Select(n => new Assessee($"YD-{n}", PostClass.Administrative, false, 200))
            .ToImmutableArray();
        (
            await Grains
                .GetGrain<IAssessmentRoundGrain>("live/yandian/2026")
                .OpenAsync(new OpenAssessment(Stamp(new Actor("YD-001", "party-building")), 2026, people))
        )
            .Refusal.ShouldNotBeNull()
            .ToString()
            .Length.ShouldBeLessThan(LongestAnswer);
        (Silo.MemoryNow - before).ShouldBeLessThan(MostGrowth);
        await SoundAsync();
    }

    [Fact]
    public async Task Keys_ThatNoTownHandedOut_OpenNothing()
    {
        var next = (await OpenAsync(Party)).Value!.Number;
        foreach (var key in new[] { "", "GY00000001", "YD99999999", "a/b/c", "../../etc", "YD\0X", "\ud800", "Ｙ", new string('k', 900) })
        {
            var squatted = await Grains.GetGrain<ICaseInside>($"live/{key}").OpenAsync(Command(new Party("squatter", "s", false)));
            squatted.Refusal.ShouldNotBeNull().Code.ShouldBe(RefusalCode.NotForClients);
            (await Grains.GetGrain<ICaseGrain>($"live/{key}").ReadAsync())
                .Refusal.ShouldNotBeNull()
                .ToString()
                .Length.ShouldBeLessThan(LongestAnswer);
        }

        // The number that comes next is still its rightful holder's.
        (
            await Grains
                .GetGrain<ICaseInside>($"live/{next[..2]}{long.Parse(next[2..], CultureInfo.InvariantCulture) + 1:D8}")
                .OpenAsync(Command(new Party("squatter", "s", false)))
        )
            .Refusal.ShouldNotBeNull()
            .Code.ShouldBe(RefusalCode.NotForClients);
        (await OpenAsync(Party)).Refusal.ShouldBeNull();
        foreach (var count in new[] { int.MaxValue, 1, 0, -1 })
        {
            (await Grains.GetGrain<ITownInside>("live/guyun").ReserveCaseNumbersAsync(count, Now))
                .Refusal.ShouldNotBeNull()
                .Code.ShouldBe(RefusalCode.NotForClients);
        }

        await SoundAsync();
    }

    [Fact]
    public async Task NullsAndLoneSurrogates_AreRefusedByName()
    {
        (await OpenAsync(null!)).Refusal.ShouldNotBeNull().Code.ShouldBe(RefusalCode.TextMissing);
        (await OpenAsync(new Party("x", null!, true))).Refusal.ShouldNotBeNull().Code.ShouldBe(RefusalCode.TextMissing);
        (await OpenAsync(new Party("p\05", "ab", true))).Refusal.ShouldNotBeNull().Code.ShouldBe(RefusalCode.TextForbidden);
        (await OpenAsync(new Party("p1", "a\ud800b", true))).Refusal.ShouldNotBeNull();
        (await OpenAsync(Party, default(ImmutableArray<Field>))).ShouldNotBeNull();
        (await OpenAsync(Party, ImmutableArray.Create(default(Field)))).Refusal.ShouldNotBeNull();
        (await OpenAsync(Party, ImmutableArray.Create(new Field(null!, null!)))).Refusal.ShouldNotBeNull();
        (await Grains.GetGrain<ICaseGrain>("live/YD00000001").ActAsync(null!)).Refusal.ShouldNotBeNull();
        (await Grains.GetGrain<ICaseGrain>("live/YD00000001").ActAsync(new ActOnCase(null!, null!, default))).Refusal.ShouldNotBeNull();
        (await Grains.GetGrain<IStaffGrain>("live/yandian/YD-024").TakeLeaveAsync(null!)).Refusal.ShouldNotBeNull();
        (await Grains.GetGrain<ICountyOfficeGrain>("live/linqing/finance").AnswerFilingAsync(null!)).Refusal.ShouldNotBeNull();
        (await Grains.GetGrain<IAssessmentRoundGrain>("live/yandian/2026").OpenAsync(null!)).Refusal.ShouldNotBeNull();
        (await Grains.GetGrain<IIntakeGrain>(Address.Intake(Address.Live, "yandian", default)).OpenAsync(null!)).Refusal.ShouldNotBeNull();
        await SoundAsync();
    }

    [Fact]
    public async Task RunsAndWorldsOfOnesOwn_AreNotTaken()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        await TurnedAwayAsync(() =>
            Grains
                .GetGrain<ISimulationGrain>("flood")
                .RunAsync(
                    new SimulationOrder(
                        Scenario: "first-year",
                        Seed: 1,
                        Replications: 1_000_000_000,
                        Routes: [],
                        DemandScale: null,
                        Pace: null,
                        Parallel: 1
                    ),
                    stop.Token
                )
        );
        await TurnedAwayAsync(() =>
            Grains
                .GetGrain<ISimulationGrain>("live/flood")
                .RunAsync(
                    new SimulationOrder(
                        Scenario: "first-year",
                        Seed: 1,
                        Replications: 1_000_000_000,
                        Routes: [],
                        DemandScale: null,
                        Pace: null,
                        Parallel: 1
                    ),
                    stop.Token
                )
        );
        await TurnedAwayAsync(() => Grains.GetGrain<ITownInside>("evil/yandian").FoundAsync(new FoundTown(Stamp(Actor.System), [])));
        await SoundAsync();
    }

    // Each of them has it forgotten, and is not to lose the others on the way to what comes after it.
    [Fact]
    public async Task Case_ThatIsUnknown_IsSoToHundredsAtOnce()
    {
        var unknown = Client.Case("YD88888888");
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 300)
                .Select(n =>
                    (n % 3) switch
                    {
                        0 => unknown.ReadAsync(),
                        1 => unknown.WatchAsync(0, TimeSpan.FromSeconds(5)),
                        _ => unknown.ActAsync(new ActOnCase(Stamp(new Actor("P1", Actor.Public)), "withdraw", [])),
                    }
                )
        );
        answers.ShouldAllBe(answer => answer.Refusal!.Code == RefusalCode.CaseUnknown);
    }

    [Fact]
    public async Task Keys_ByTheThousandAndClientsThatComeAndGo_LeaveNothingBehind()
    {
        await Task.WhenAll(Enumerable.Range(0, 1000).Select(n => Client.Case($"YD9{n:D7}").ReadAsync()));
        var before = Silo.MemoryNow;
        for (var round = 0; round < 2; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 3000).Select(n => Client.Case($"YD{round}{n:D7}").ReadAsync()));
            await Task.WhenAll(
                Enumerable
                    .Range(0, 10)
                    .Select(async _ =>
                    {
                        await using var passing = await TownClient.ConnectAsync(Silo);
                        await passing.Case("YD00000001").ReadAsync();
                    })
            );
        }

        (Silo.MemoryNow - before).ShouldBeLessThan(150L << 20);
        (await OpenAsync(Party)).Refusal.ShouldBeNull();
        await SoundAsync();
    }

    private static Delivery Forged(string from, string type, string key, Effect effect) =>
        new(new EffectId(from, 777_777, 0), type, key, Now, effect);

    private static async Task TurnedAwayAsync(Func<Task> call) =>
        (await Should.ThrowAsync<TownFaultException>(call)).Deed.ShouldBe(Deed.NotDone);

    private static Stamp Stamp(Actor actor) =>
        new(new Guid(Interlocked.Increment(ref commands), 7, 7, new byte[8]), actor, TimeProvider.System.GetUtcNow());

    private static OpenCase Command(Party party, ImmutableArray<Field>? fields = null) =>
        new(
            Stamp: Stamp(new Actor(party?.Id ?? "x", Actor.Public)),
            Town: "yandian",
            Procedure: "permit",
            Subject: "YD-XK-002",
            Party: party!,
            Green: false,
            Fields: fields ?? []
        );

    private Task<Outcome<CaseView>> OpenAsync(Party party, ImmutableArray<Field>? fields = null) =>
        Grains.OpenCaseAsync(Address.Live, Command(party, fields));

    // The record is whole, nothing in it is outside the rules, and the silo lives.
    private async Task<AuditReport> SoundAsync()
    {
        Silo.HasExited.ShouldBeFalse();
        var audit = await Client.Audit.VerifyAsync();
        audit.Broken.ShouldBeNull();
        var report = await EndStateCheck.RunAsync(
            new LiveScan(Client.Audit),
            SeedLoader.Load(Repository.Seeds),
            cancellation: TestContext.Current.CancellationToken
        );
        report
            .Checks.SelectMany(check => check.First)
            .Select(breach => $"{breach.Stream} #{breach.Version}: {breach.Why.En}")
            .ShouldBeEmpty();
        return audit;
    }

    /// <summary>One town for all kinds: what one of them has done, the others would find.</summary>
    public sealed class Town : IAsyncLifetime
    {
        internal DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("kinds");

        internal SiloProcess Silo { get; private set; } = null!;

        internal TownClient Client { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Silo = await SiloProcess.StartAsync(Folder.FullName, SiloProcess.FreePorts());
            Client = await TownClient.ConnectPatientlyAsync(Silo);
        }

        public async ValueTask DisposeAsync()
        {
            await Client.DisposeAsync();
            await Silo.DisposeAsync();
            Folder.Delete(recursive: true);
        }
    }
}
