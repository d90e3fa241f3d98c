using System.Collections.Frozen;
using System.Globalization;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seeds;
using TownReform.Grains.Tests.Audit;
using TownReform.Grains.Tests.Seeds;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Towns;

/// <summary>A durable town goes on by other seeds than before: a town more, a town less, another calendar, also when that start was
/// killed.</summary>
public sealed class SeedsOfTownTests : IDisposable
{
    private const string Yandian = "yandian",
        Guyun = "guyun",
        Third = "qixian";
    private static readonly DateOnly Holiday = new(2019, 6, 6);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("town");

    public void Dispose()
    {
        foreach (var one in folder.Parent!.EnumerateDirectories($"{folder.Name}*"))
        {
            one.Delete(recursive: true);
        }
    }

    private string Data => Path.Combine(folder.FullName, "data");

    /// <summary>The real seeds with a day of the first week off.</summary>
    private static SeedLibrary WithHoliday =>
        RealSeeds.Library with
        {
            Calendar = RealSeeds.Library.Calendar.Taken() is var taken
                ? WorkCalendar.From(taken with { Exceptions = [.. taken.Exceptions.Append(Holiday).Order()] })
                : null!,
        };

    [Fact]
    public async Task ThirdTownsFiles_AddedToATownWithCases_AreFoundedAndTheFirstTwoGoOn()
    {
        CaseView permit,
            other;
        await using (var town = await FoundedAsync(RealSeeds.Library))
        {
            (permit, other) = (await town.OpenPermitAsync(Yandian), await town.OpenPermitAsync(Guyun));
        }

        using var seeds = new SeedCopy();
        seeds.AddProcedures();
        seeds.AddTown(Third, "QX");
        await using var more = await FoundedAsync(SeedLoader.Load(seeds.Folder));
        (await more.Founding.FollowSeedsAsync(Address.Live, more.Now)).Moved.ShouldBe(0);
        var first = await more.OpenPermitAsync(Third);
        first.Number.ShouldBe("QX00000001");
        foreach (var view in new[] { permit, other, first })
        {
            var at = await more.ReadAsync(view.Number);
            at.Version.ShouldBe(1);
            (
                await more.Case(view.Number)
                    .ActAsync(new ActOnCase(Stamps.Next(more.Now, new Actor(at.Officers[0], at.Workplace!.Split('/')[1])), "accept", []))
            )
                .ShouldSucceed()
                .Step.ShouldBe("review");
        }

        (await more.StopAndAuditAsync()).ShouldBeSound();
    }

    [Fact]
    public async Task TownTakenOut_WhileItHasOpenCases_IsRefusedAndChangesNothing()
    {
        CaseView left;
        await using (var town = await FoundedAsync(RealSeeds.Library))
        {
            left = await town.OpenPermitAsync(Guyun);
        }

        var without = RealSeeds.Library with { Towns = RealSeeds.Library.Towns.Where(t => t.Key != Guyun).ToFrozenDictionary() };
        await using (var refused = await TownOnDisk.StartAsync(Data, without))
        {
            var before = await refused.KindsAsync("town/yandian");
            var refusal = (await refused.Founding.FoundAllAsync(Address.Live)).ShouldNotBeNull();
            (refusal.Code, refusal.Because.En.Contains(Guyun, StringComparison.Ordinal)).ShouldBe((RefusalCode.TownGone, true));
            refusal.Facts.ShouldContain(new Fact("open", "1"));
            (await refused.KindsAsync("town/yandian")).ShouldBe(before);
        }

        // Once its cases have ended it may go.
        await using (var back = await FoundedAsync(RealSeeds.Library))
        {
            (
                await back.Case(left.Number)
                    .ActAsync(new ActOnCase(Stamps.Next(back.Now, PureCase.Public(new Party("citizen-0", "李四", false))), "withdraw", []))
            ).ShouldSucceed();
        }

        await using var gone = await TownOnDisk.StartAsync(Data, without);
        (await gone.Founding.FoundAllAsync(Address.Live)).ShouldBeNull();
    }

    [Fact]
    public async Task Calendar_StartKilledWhileCasesFollow_IsGoneOnWithAndEachCaseSaysOnceWhy()
    {
        var cases = new List<CaseView>();
        await using (var town = await FoundedAsync(RealSeeds.Library))
        {
            await town.Founding.FollowSeedsAsync(Address.Live, town.Now);
            cases.AddRange([
                await town.OpenPermitAsync(Guyun),
                await town.OpenPermitAsync(Yandian),
                await town.OpenPermitAsync(Yandian, 1),
                await town.OpenPenaltyAsync(Yandian),
            ]);
        }

        string killed;
        await using (var town = await FoundedAsync(WithHoliday))
        {
            // One workplace of the one town has followed, and the other town not even taken the calendar.
            var ahead = await town.Grains.GetGrain<ITownInside>(Address.Town(Address.Live, Yandian)).TakeSeedsAsync(town.Now);
            (await town.Workplace(cases[1].Workplace!).FollowDueDaysAsync(town.Now, ahead)).Moved.ShouldBe(2);
            killed = town.Kill();
        }

        await using var again = await TownOnDisk.StartAsync(killed, WithHoliday);
        (await again.Founding.FoundAllAsync(Address.Live)).ShouldBeNull();
        (await again.Founding.FollowSeedsAsync(Address.Live, again.Now)).ShouldBe((2, null));
        var listed = (await again.Grains.GetGrain<ICaseIndexGrain>(Address.Live).ListAsync(new CaseSearch())).ToDictionary(line =>
            line.Number
        );
        foreach (var before in cases)
        {
            var (now, kinds) = (await again.ReadAsync(before.Number), await again.KindsAsync($"case/{before.Number}"));
            now.Due.ShouldNotBeNull().ShouldBe(RealSeeds.Library.Calendar.AddWorkingDays(before.Due!.Value, 1), before.Number);
            listed[before.Number].Due.ShouldBe(now.Due);
            (await again.Workplace(now.Workplace!).ListAsync(null)).Single(work => work.Case == before.Number).Due.ShouldBe(now.Due);
            kinds.Count(kind => kind == DueDayMoved.Name).ShouldBe(1, string.Join(", ", kinds));
        }

        (await again.Founding.FollowSeedsAsync(Address.Live, again.Now)).ShouldBe((0, null));
        (await again.StopAndAuditAsync()).ShouldBeSound();
    }

    /// <summary>Every open case is woken to follow, and none stays in memory for that: a quarter of a million must not need more than a
    /// thousand at once.</summary>
    [Fact]
    public async Task Calendar_ManyCasesFollow_NoneStaysInMemory()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("TOWNREFORM_TEST_CASES") ?? "600", CultureInfo.InvariantCulture);
        await using (var town = await FoundedAsync(RealSeeds.Library))
        {
            await town.Founding.FollowSeedsAsync(Address.Live, town.Now);
            foreach (var some in Enumerable.Range(0, count).Chunk(500))
            {
                await Task.WhenAll(some.Select(n => town.OpenPermitAsync(Yandian, n)));
            }
        }

        await using var again = await FoundedAsync(WithHoliday);
        var (begun, memory) = (System.Diagnostics.Stopwatch.StartNew(), GC.GetTotalMemory(forceFullCollection: true));
        (await again.Founding.FollowSeedsAsync(Address.Live, again.Now)).ShouldBe((count, null));
        var took = begun.Elapsed;
        var management = again.Grains.GetGrain<IManagementGrain>(0);
        await Eventually.HoldsAsync("no case is in memory", async () => await AwakeAsync(management) == 0);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{count} cases followed in {took.TotalSeconds:0.0} s; "
                + $"{(GC.GetTotalMemory(forceFullCollection: true) - memory) / 1e6:0.0} MB more than before"
        );
    }

    private static async Task<int> AwakeAsync(IManagementGrain management) =>
        (await management.GetSimpleGrainStatistics())
            .Where(one => one.GrainType.Contains("CaseGrain", StringComparison.Ordinal))
            .Sum(one => one.ActivationCount);

    private async Task<TownOnDisk> FoundedAsync(SeedLibrary seeds)
    {
        var town = await TownOnDisk.StartAsync(Data, seeds);
        (await town.Founding.FoundAllAsync(Address.Live)).ShouldBeNull();
        return town;
    }
}
