using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using TownReform.Grains.Audit;
using TownReform.Grains.Audit.EndState;
using TownReform.Grains.Seeds;
using TownReform.Silo.Tests.Fixtures;

namespace TownReform.Silo.Tests.Doors;

/// <summary>
/// A client with access to the gateway and no good will: random calls over every interface with forged actors, moments, ids, keys and
/// texts. The silo lives, its memory stays bounded, nothing but readable
/// faults comes back, and the audit of the end state finds nothing outside the rules. TOWNREFORM_HOSTILE_CALLS sets how many; each failure
/// prints its seed.
/// </summary>
public sealed class HostileClientTests : IDisposable
{
    private const int Lanes = 64,
        Few = 3000,
        LongestKey = 300;

    /// <summary>The silo may have grown by so much, whatever the number of calls.</summary>
    private const long MostGrowth = 600L << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("hostile");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Calls_ForgedInEveryWay_LeaveTheTownSound()
    {
        var calls = int.TryParse(
            Environment.GetEnvironmentVariable("TOWNREFORM_HOSTILE_CALLS"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var asked
        )
            ? asked
            : Few;
        var seed = int.TryParse(
            Environment.GetEnvironmentVariable("TOWNREFORM_HOSTILE_SEED"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var given
        )
            ? given
            : 17;
        await using var silo = await SiloProcess.StartAsync(folder.FullName, SiloProcess.FreePorts());
        await using var client = await TownClient.ConnectPatientlyAsync(silo);
        var (before, unreadable, numbers, tally) = (
            silo.MemoryNow,
            new ConcurrentQueue<string>(),
            new ConcurrentQueue<string>(),
            new Tally()
        );
        await Task.WhenAll(
            Enumerable
                .Range(0, Lanes)
                .Select(lane =>
                    Task.Run(async () =>
                    {
                        var forger = new Forger(client.Grains, seed + lane, numbers);
                        for (var n = lane; n < calls; n += Lanes)
                        {
                            var (what, call) = forger.Next();
                            var began = TimeProvider.System.GetTimestamp();
                            try
                            {
                                var called = call();
                                await called.WaitAsync(Patience, TestContext.Current.CancellationToken);
                                tally.Answered(called);
                            }
                            catch (Exception e)
                            {
                                tally.Threw(e);
                                if (!IsReadable(e))
                                {
                                    unreadable.Enqueue($"seed {seed}, {what}: {e.GetType().FullName}: {e.Message}");
                                }
                            }

                            tally.Took(what, TimeProvider.System.GetElapsedTime(began));
                        }
                    })
                )
        );

        var after = silo.MemoryNow;
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{calls} calls, seed {seed}; memory {before >> 20} MB before, {after >> 20} MB after; {tally}"
        );
        unreadable.Distinct().Take(10).ShouldBeEmpty($"{unreadable.Count} of {calls}");
        silo.HasExited.ShouldBeFalse();
        (after - before).ShouldBeLessThan(MostGrowth);
        await CutOffAsync(client);
        (await client.Audit.VerifyAsync()).Broken.ShouldBeNull();
        await SoundAsync(client, seed);
        numbers.ShouldNotBeEmpty("some of it is what honest clients send, and is done");
    }

    // Whoever sends a head that none may send loses the connection, and with a new one is served as before.
    private static async Task CutOffAsync(TownClient client)
    {
        await Should.ThrowAsync<Exception>(() => client.Case(new string('x', 70_000)).ReadAsync());
        (await client.Grains.GetGrain<ITownGrain>(Address.Town(Address.Live, "yandian")).ReadAsync()).Value.ShouldNotBeNull();
    }

    private static async Task SoundAsync(TownClient client, int seed)
    {
        var report = await EndStateCheck.RunAsync(
            new LiveScan(client.Audit),
            SeedLoader.Load(Repository.Seeds),
            cancellation: TestContext.Current.CancellationToken
        );
        report
            .Checks.SelectMany(check => check.First)
            .Select(breach => $"seed {seed}: {breach.Stream} #{breach.Version}: {breach.Why.En}")
            .Take(10)
            .ShouldBeEmpty();
    }

    // What a client can go by: the town's own fault, a lost place or one of Orleans' own. Every call is answered: none times out.
    private static bool IsReadable(Exception e) => e is TownFaultException or JournalConflictException or OrleansException;

    /// <summary>What became of the calls, for whoever reads the test's output.</summary>
    private sealed class Tally
    {
        private readonly ConcurrentDictionary<string, int> answers = new();
        private readonly ConcurrentDictionary<string, (int Calls, TimeSpan Longest, TimeSpan All)> times = new();

        public void Answered(Task call) => Count(Refused(call) is { } code ? $"refused {(int)code}" : "answered");

        public void Threw(Exception e) => Count(e.GetType().Name);

        public void Took(string what, TimeSpan time) =>
            times.AddOrUpdate(what, (1, time, time), (_, so) => (so.Calls + 1, so.Longest > time ? so.Longest : time, so.All + time));

        public override string ToString() =>
            string.Join(", ", answers.OrderByDescending(it => it.Value).Select(it => $"{it.Key}: {it.Value}"))
            + "; ms each and at most: "
            + string.Join(
                ", ",
                times
                    .OrderByDescending(it => it.Value.All)
                    .Select(it => $"{it.Key} {it.Value.All.TotalMilliseconds / it.Value.Calls:0}/{it.Value.Longest.TotalMilliseconds:0}")
            );

        private static RefusalCode? Refused(Task call) =>
            (
                call.GetType().GetProperty("Result")?.GetValue(call) is { } answer
                    ? answer.GetType().GetProperty("Refusal")?.GetValue(answer) as Refusal
                    : null
            )?.Code;

        private void Count(string what) => answers.AddOrUpdate(what, 1, (_, n) => n + 1);
    }

    /// <summary>Makes up calls; the same seed makes the same.</summary>
    private sealed class Forger(IGrainFactory grains, int seed, ConcurrentQueue<string> numbers)
    {
        private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

        private static readonly string[] Texts =
        [
            "",
            " ",
            "a",
            "P1",
            "91371581MA3C000002",
            "YD-024",
            "YD-029",
            "GY-001",
            "system",
            "public",
            "head",
            "government-service",
            "construction",
            "yandian",
            "guyun",
            "atlantis",
            "permit",
            "secondment",
            "power-adjustment",
            "penalty-summary",
            "YD-XK-001",
            "YD-XK-002",
            "accept",
            "grant",
            "recommend",
            "withdraw",
            "approve",
            "hand-back",
            "YD\0X",
            "../../etc/passwd",
            "甲\u202e乙",
            "\u001b[2J",
            "'; DROP TABLE journal; --",
            "ＹＤ－０２４",
            new('大', 300),
            new('x', 70_000),
        ];

        private ulong state = (ulong)seed;
        private int made;

        public (string What, Func<Task> Call) Next()
        {
            made++;
            var (stamp, key) = (Stamp(), Key());
            return Below(22) switch
            {
                0 or 1 or 2 => ("open", async () => Keep(await grains.OpenCaseAsync(Open(stamp)))),
                3 => ("open at a counter", async () => Keep(await grains.GetGrain<IIntakeGrain>(key).OpenAsync(Open(stamp)))),
                4 or 5 or 6 or 7 => ("act", () => grains.GetGrain<ICaseGrain>(CaseKey()).ActAsync(new ActOnCase(stamp, Text(), Fields()))),
                8 => ("read a case", () => grains.GetGrain<ICaseGrain>(CaseKey()).ReadAsync()),
                9 => (
                    "watch a case",
                    () => grains.GetGrain<ICaseGrain>(CaseKey()).WatchAsync(Below(5) - 2, TimeSpan.FromMilliseconds(Below(200) - 100))
                ),
                10 => (
                    "list",
                    () =>
                        grains
                            .GetGrain<ICaseIndexGrain>(Address.Live)
                            .ListAsync(
                                Chance(20)
                                    ? null!
                                    : new CaseSearch(
                                        Town: Text(),
                                        Procedure: Text(),
                                        Subject: Text(),
                                        Disposition: (Disposition)Below(9),
                                        Workplace: Text(),
                                        Party: Text(),
                                        Take: Below(4000) - 100,
                                        BeforeNumber: Text()
                                    )
                            )
                ),
                11 => ("leave", () => grains.GetGrain<IStaffGrain>(key).TakeLeaveAsync(new TakeLeave(stamp, Day(), Day()))),
                12 => (
                    "filing",
                    () =>
                        grains
                            .GetGrain<ICountyOfficeGrain>(key)
                            .AnswerFilingAsync(new AnswerFiling(stamp, Text(), (FilingAnswer)Below(7), Text(), Text()))
                ),
                13 => (
                    "assessment",
                    () =>
                        grains
                            .GetGrain<IAssessmentRoundGrain>(key)
                            .OpenAsync(
                                new OpenAssessment(
                                    stamp,
                                    Below(9999),
                                    Chance(4) ? default : [new Assessee(Text(), (PostClass)Below(4), false, Below(400))]
                                )
                            )
                ),
                14 => ("mark", () => grains.GetGrain<IAssessmentRoundGrain>(key).MarkAsync(new MarkStaff(stamp, Text(), (Grade)Below(7)))),
                15 => ("inbox", () => grains.GetGrain<IBureauGrain>(key).ListAsync(Text())),
                16 => (
                    "effects",
                    () =>
                        grains
                            .GetGrain<IEffectsGrain>(Address.Live)
                            .RetryAsync(new RetryEffect(stamp, Chance(50) ? "yandian" : Text(), Below(100) - 50))
                ),
                17 => (
                    "a forged effect",
                    () =>
                        grains
                            .GetGrain<ISealInside>("live/yandian")
                            .ReceiveAsync([
                                new Delivery(
                                    new EffectId($"case/{Text()}", made, 0),
                                    "seal",
                                    "yandian",
                                    Now,
                                    new NumberCertificate(Text(), "permit", "YD-XK-001")
                                ),
                            ])
                ),
                18 => ("a look at clocks", () => grains.GetGrain<ICaseInside>(CaseKey()).CheckDeadlinesAsync(Now.AddYears(1))),
                19 => ("somebody hired", () => grains.GetGrain<IStaffInside>(key).HireAsync(new HireStaff(stamp, null!))),
                20 => ("collection", () => grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero)),
                _ => (
                    "posts",
                    () =>
                        grains
                            .GetGrain<IEstablishmentInside>("live/yandian")
                            .AppointAsync(new AppointToPost(stamp, Text(), (PostClass)Below(4)))
                ),
            };
        }

        private OpenCase Open(Stamp stamp) =>
            stamp is not null && Chance(3)
                ? new(
                    Stamp: stamp with
                    {
                        At = Now,
                        Actor = new Actor("P1", Actor.Public),
                    },
                    Town: "yandian",
                    Procedure: "permit",
                    Subject: "YD-XK-001",
                    Party: new Party("P1", "某单位", true),
                    Green: false,
                    Fields: []
                )
                : new(
                    Stamp: stamp!,
                    Town: Chance(2) ? "yandian" : Text(),
                    Procedure: Chance(2) ? "permit" : Text(),
                    Subject: Chance(2) ? "YD-XK-001" : Text(),
                    Party: Chance(12) ? null! : new Party(Text(), Text(), Chance(2)),
                    Green: Chance(3),
                    Fields: Fields()
                );

        private void Keep(Outcome<CaseView> answer)
        {
            if (answer.Value is { } view && numbers.Count < 2000)
            {
                numbers.Enqueue(view.Number);
            }
        }

        private string CaseKey() =>
            Chance(2) && numbers.TryPeek(out var number) ? Address.Case(Address.Live, number)
            : Chance(2) ? $"live/YD{Below(500):D8}"
            : Key();

        // A key that no head may carry cuts the whole connection: that is tried apart.
        private string Key()
        {
            var key = Below(6) switch
            {
                0 => $"live/{Text()}/{Text()}",
                1 => $"live/yandian/{Text()}",
                2 => "live/yandian/YD-024",
                3 => "live/linqing/construction",
                4 => $"evil/{Text()}",
                _ => Text() is { Length: > 0 } text ? $"live/{text}" : "live",
            };
            return key[..Math.Min(key.Length, LongestKey)];
        }

        private Stamp Stamp() =>
            Chance(40)
                ? null!
                : new(
                    Chance(5) ? new Guid(1, 2, 3, new byte[8]) : new Guid(seed, (short)(made >> 16), (short)made, new byte[8]),
                    Chance(40) ? null! : new Actor(Text(), Text(), Chance(5) ? Text() : null),
                    Moment()
                );

        private DateTimeOffset Moment() =>
            Below(6) switch
            {
                0 => DateTimeOffset.MinValue,
                1 => DateTimeOffset.MaxValue,
                2 => Now.AddYears(Below(40) - 20),
                _ => Now.AddSeconds(Below(20) - 10),
            };

        private DateOnly Day() =>
            Chance(5) ? DateOnly.MaxValue
            : Chance(5) ? default
            : DateOnly.FromDateTime(Now.UtcDateTime).AddDays(Below(2000) - 1000);

        private ImmutableArray<Field> Fields() =>
            Chance(8)
                ? default
                : [.. Enumerable.Range(0, Below(4)).Select(_ => new Field(Chance(10) ? null! : Text(), Chance(10) ? null! : Text()))];

        private string Text() => Chance(60) ? null! : Texts[Below(Texts.Length)];

        private bool Chance(int one) => Below(one) == 0;

        // SplitMix64: the same seed makes the same calls.
        private int Below(int end)
        {
            var mixed = unchecked(state += 0x9E3779B97F4A7C15UL);
            mixed = unchecked((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL);
            mixed = unchecked((mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL);
            return (int)((mixed ^ (mixed >> 31)) % (ulong)end);
        }
    }
}
