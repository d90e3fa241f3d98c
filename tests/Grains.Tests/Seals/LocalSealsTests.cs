using TownReform.Grains.Cases;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Seals;
using TownReform.Grains.Seals;
using TownReform.Grains.Tests.Fixtures;
using TownReform.Tests.Fixtures;
using static TownReform.Tests.Fixtures.Cases;

namespace TownReform.Grains.Tests.Seals;

/// <summary>A decision is sealed in its own commit while the town's seal is on its silo, and by way of the seal's grain when it isn't
/// (B1).</summary>
public sealed class LocalSealsTests(CaseCluster cluster)
{
    private const string Seal = "seal/yandian";

    private static readonly DateOnly Day = PureCase.Day;

    [Fact]
    public async Task Decision_BesideTheSeal_IsNumberedAtOnceAndInOneCommit()
    {
        var (town, permit, command) = await ReadyBesideTheSealAsync();
        var answer = (await permit.Grain.ActAsync(command)).ShouldSucceed();

        answer.Certificate.ShouldBe("烟行许〔2019〕2号");
        answer.Version.ShouldBe(4);
        (await EventsAsync(town, permit)).OfType<CertificateSet>().ShouldBeEmpty();
        (await IssuedAsync(town)).ShouldBe([("烟行许〔2019〕1号", 1), ("烟行许〔2019〕2号", 2)]);
        (await town.Seal.ReadAsync()).Issued.ShouldBe(2);
        (await town.Storage.ReadModel.ListCasesAsync(new CaseQuery(), TestContext.Current.CancellationToken))
            .Single(row => row.Number == permit.Number)
            .Certificate.ShouldBe("烟行许〔2019〕2号");
    }

    [Fact]
    public async Task Decision_SentAgain_GetsTheAnswerThatItGot()
    {
        var (town, permit, command) = await ReadyBesideTheSealAsync();
        var first = (await permit.Grain.ActAsync(command)).ShouldSucceed();
        await cluster.ForgetAsync(permit.Grain);

        var again = (await permit.Grain.ActAsync(command)).ShouldSucceed();
        (again.Certificate, again.Version, again.Step).ShouldBe((first.Certificate, first.Version, first.Step));
        (await town.Seal.ReadAsync()).Issued.ShouldBe(2);
    }

    [Fact]
    public async Task Decision_WhoseSealLeft_IsNumberedByItsNextActivation()
    {
        var town = await cluster.FoundAsync();
        await GrantAsync(await ReadyAsync(town));
        cluster.NeighboursOf(town).Seals.TryFind("yandian", out var before).ShouldBeTrue();
        await cluster.ForgetAsync(town.Seal);
        cluster.NeighboursOf(town).Seals.TryFind("yandian", out _).ShouldBeFalse();
        before!.TryTake(Asking("C-1"), out _).ShouldBeFalse();

        var permit = await ReadyAsync(town);
        await GrantAsync(permit);
        (await EventsAsync(town, permit))[^1].ShouldBeOfType<CertificateSet>().Certificate.ShouldBe("烟行许〔2019〕2号");
        cluster.NeighboursOf(town).Seals.TryFind("yandian", out var after).ShouldBeTrue();
        after.ShouldNotBeSameAs(before);
    }

    [Fact]
    public async Task Decision_ThatIsLost_LeavesNoNumberUsed()
    {
        var (town, permit, command) = await ReadyBesideTheSealAsync();
        town.Journal.FailNext(permit.Stream);
        await Should.ThrowAsync<IOException>(() => permit.Grain.ActAsync(command));
        (await town.Seal.ReadAsync()).Issued.ShouldBe(1);

        // The seal has to be asked by its grain once; then it is at hand again.
        (await permit.Grain.ActAsync(command)).ShouldSucceed();
        await town.DrainAsync();
        (await permit.ViewAsync()).Certificate.ShouldBe("烟行许〔2019〕2号");
        var next = await ReadyAsync(town);
        (await next.Grain.ActAsync(await GrantOfAsync(next))).ShouldSucceed().Certificate.ShouldBe("烟行许〔2019〕3号");
        (await IssuedAsync(town)).Select(it => it.Number).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task Decision_WhoseAnswerIsLost_IsNumberedOnce()
    {
        var (town, permit, command) = await ReadyBesideTheSealAsync();
        town.Journal.AnswerLost(permit.Stream);
        await Should.ThrowAsync<IOException>(() => permit.Grain.ActAsync(command));

        (await permit.Grain.ActAsync(command)).ShouldSucceed().Certificate.ShouldBe("烟行许〔2019〕2号");
        (await town.Seal.ReadAsync()).Issued.ShouldBe(2);
        await GrantAsync(await ReadyAsync(town));
        (await IssuedAsync(town)).Select(it => it.Number).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task Decisions_AtOnceWhileSomeAreLost_AreNumberedWithoutGaps()
    {
        const int Permits = 24;
        var town = await cluster.FoundAsync();
        await GrantAsync(await ReadyAsync(town));
        var permits = await Task.WhenAll(Enumerable.Range(0, Permits).Select(_ => ReadyAsync(town)));
        var commands = await Task.WhenAll(permits.Select(async permit => (Permit: permit, Command: await GrantOfAsync(permit))));
        town.Journal.FailNext(permits[Permits / 2].Stream);
        await Task.WhenAll(commands.Select(it => UntilDoneAsync(it.Permit, it.Command)));
        await town.DrainAsync();

        var borne = await Task.WhenAll(permits.Select(async permit => (await permit.ViewAsync()).Certificate));
        borne.ShouldAllBe(certificate => certificate != null);
        borne.ShouldBeUnique();
        (await IssuedAsync(town)).Select(it => it.Number).ShouldBe(Enumerable.Range(1, Permits + 1));
        (await ((IChainAudit)town.Scan).VerifyAsync(TestContext.Current.CancellationToken)).Fault.ShouldBeNull();
    }

    // The town's first certificate went by the seal's grain, which is at hand since; the next permit waits for its decision.
    private async Task<(TestTown Town, TestCase Permit, ActOnCase Grant)> ReadyBesideTheSealAsync()
    {
        var town = await cluster.FoundAsync();
        await GrantAsync(await ReadyAsync(town));
        var permit = await ReadyAsync(town);
        return (town, permit, await GrantOfAsync(permit));
    }

    // As a client does that got no answer: the same command again.
    private static Task UntilDoneAsync(TestCase permit, ActOnCase command) =>
        Eventually.HoldsAsync(
            "the act is answered",
            async () =>
            {
                try
                {
                    (await permit.Grain.ActAsync(command)).ShouldSucceed();
                    return true;
                }
                catch (Exception e) when (e is IOException or JournalConflictException)
                {
                    return false;
                }
            }
        );

    private static Delivery Asking(string number) =>
        new(new EffectId($"case/{number}", 4, 0), "seal", "yandian", PureCase.At(Day), new NumberCertificate(number, "permit", "I-1"));

    private static async Task<TestCase> ReadyAsync(TestTown town)
    {
        var permit = await town.OpenAsync("permit", town.Plan.Item("permit"), PureCase.Public(), Day);
        await permit.DoAsync("accept", Day);
        return await permit.DoAsync("recommend", Day, F("recommendation", "grant"));
    }

    private static async Task<ActOnCase> GrantOfAsync(TestCase permit) =>
        new(Stamps.Next(PureCase.At(Day), await permit.OfficerAsync()), "grant", []);

    private static Task<TestCase> GrantAsync(TestCase permit) => permit.DoAsync("grant", Day);

    private static async Task<List<CaseEvent>> EventsAsync(TestTown town, TestCase permit) =>
        [.. (await town.Journal.ReadAsync(permit.Stream, 0, long.MaxValue)).Select(CaseCodec.Instance.Read)];

    private static async Task<List<(string Certificate, int Number)>> IssuedAsync(TestTown town) =>
        [
            .. (await town.Journal.ReadAsync(Seal, 0, long.MaxValue))
                .Select(SealRecord.Events.Read)
                .OfType<CertificateIssued>()
                .Select(it => (it.Certificate, it.Number)),
        ];
}
