using TownReform.Grains.Recording;
using TownReform.Grains.Tests.Fixtures;

namespace TownReform.Grains.Tests.Seals;

public sealed class SealGrainTests(TownCluster cluster)
{
    [Fact]
    public async Task Number_FourHundredCasesAtOnce_AreAllUniqueWithoutGaps()
    {
        var town = cluster.NewTown("elm");
        await Task.WhenAll(
            Enumerable
                .Range(0, 400)
                .Select(i => town.Seal.ReceiveAsync([TestTown.From($"C-{i}", 3, new NumberCertificate($"C-{i}", "permit", "I-1"))]))
        );
        var numbers = town.Journal.Left.Select(d => ((CertificateNumbered)d.Effect).Certificate).ToList();
        numbers.ShouldBeUnique();
        numbers.ShouldContain("榆行许〔2019〕400号");
        (await town.Seal.ReadAsync()).Issued.ShouldBe(400);
    }

    [Fact]
    public async Task Number_DeliveredAgainAfterACrash_IsNumberedAndToldOnce()
    {
        var town = cluster.NewTown("elm");
        var delivery = TestTown.From("C-1", 3, new NumberCertificate("C-1", "permit", "I-1"));
        await town.Seal.ReceiveAsync([delivery]);
        await cluster.ForgetAsync(town.Seal);
        await town.Seal.ReceiveAsync([delivery]);
        (await town.Seal.ReadAsync()).Issued.ShouldBe(1);
        town.Journal.Left.ShouldHaveSingleItem().TargetKey.ShouldBe($"{town.World}/C-1");
    }

    [Fact]
    public async Task Number_SameCaseAskedAnew_IsToldTheSameNumber()
    {
        var town = cluster.NewTown("elm");
        for (var version = 3; version < 5; version++)
        {
            await town.Seal.ReceiveAsync([TestTown.From("C-1", version, new NumberCertificate("C-1", "permit", "I-1"))]);
        }

        town.Journal.Left.Select(d => d.Effect).Distinct().ShouldBe([new CertificateNumbered("榆行许〔2019〕1号")]);
    }

    [Theory]
    [InlineData("2019-12-31T15:59:59Z", "榆行许〔2019〕1号")]
    [InlineData("2019-12-31T16:00:00Z", "榆行许〔2020〕1号")]
    public async Task Number_AroundTheTownsNewYear_TakesTheTownsYear(string at, string certificate)
    {
        var town = cluster.NewTown("elm");
        var moment = DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture);
        await town.Seal.ReceiveAsync([TestTown.From("C-1", 3, new NumberCertificate("C-1", "permit", "I-1"), moment)]);
        town.Journal.Left.ShouldHaveSingleItem().Effect.ShouldBe(new CertificateNumbered(certificate));
    }

    [Fact]
    public async Task Number_AfterASnapshot_GoesOnWhereItStood()
    {
        var town = cluster.NewTown("elm");
        for (var i = 1; i <= 70; i++)
        {
            await town.Seal.ReceiveAsync([TestTown.From($"C-{i}", 3, new NumberCertificate($"C-{i}", "permit", "I-1"))]);
        }

        await cluster.ForgetAsync(town.Seal);
        await town.Seal.ReceiveAsync([TestTown.From("C-71", 3, new NumberCertificate("C-71", "permit", "I-1"))]);
        await town.Seal.ReceiveAsync([TestTown.From("C-7", 4, new NumberCertificate("C-7", "permit", "I-1"))]);
        town.Journal.Left.TakeLast(2)
            .Select(d => d.Effect)
            .ShouldBe([new CertificateNumbered("榆行许〔2019〕71号"), new CertificateNumbered("榆行许〔2019〕7号")]);
    }

    [Theory]
    [InlineData(RecordedCommands.Page * 2 - 1)]
    [InlineData(RecordedCommands.Page * 2)]
    [InlineData(RecordedCommands.Page * 2 + 1)]
    public async Task Number_DeliveredAgainAfterAllIsForgotten_IsNumberedAndToldOnce(int issued)
    {
        var town = cluster.NewTown("elm");
        Delivery[] deliveries =
        [
            .. Enumerable.Range(1, issued).Select(i => TestTown.From($"C-{i}", 3, new NumberCertificate($"C-{i}", "permit", "I-1"))),
        ];
        foreach (var batch in deliveries.Chunk(1024))
        {
            await town.Seal.ReceiveAsync([.. batch]);
        }

        for (var awake = 0; awake < 2; awake++)
        {
            await town.Seal.ReceiveAsync([deliveries[0], deliveries[issued / 2], deliveries[^1]]);
            (await town.Seal.ReadAsync()).Issued.ShouldBe(issued);
            town.Journal.Left.Count.ShouldBe(issued);
            await cluster.ForgetAsync(town.Seal);
        }

        await town.Seal.ReceiveAsync([
            TestTown.From("C-1", 4, new NumberCertificate("C-1", "permit", "I-1")),
            TestTown.From("C-0", 3, new NumberCertificate("C-0", "permit", "I-1")),
        ]);
        town.Journal.Left.Skip(issued)
            .Select(d => d.Effect)
            .ShouldBe([new CertificateNumbered("榆行许〔2019〕1号"), new CertificateNumbered($"榆行许〔2019〕{issued + 1}号")]);
    }
}
