using System.Text;
using TownReform.Grains.Journal;

namespace TownReform.Grains.Tests.Journal;

public sealed class HashChainTests
{
    private static readonly byte[] Payload = Encoding.UTF8.GetBytes("""{"schema":1,"act":"受理"}""");

    [Fact]
    public void Next_KnownRecord_IsTheGoldenHash() =>
        Hash(version: 1).ShouldBe("59a31416047b7c25795d2682f58e40720bb4ef82630219bf67e3f40d797838a8");

    [Fact]
    public void Next_OneFieldDiffers_GivesAnotherHash()
    {
        var hashes = new[]
        {
            Hash(1),
            Hash(2),
            Hash(1, stream: "case/YD00000013"),
            Hash(1, world: "r1"),
            Hash(1, kind: "case.opened"),
            Hash(1, actedFor: "yandian"),
        };
        hashes.Distinct().Count().ShouldBe(hashes.Length);
    }

    [Fact]
    public void Next_SameInstantInAnotherOffset_GivesTheSameHash() => Hash(1, offset: 0).ShouldBe(Hash(1));

    [Fact]
    public void Next_WithReceipt_CoversAllOfIt()
    {
        var at = new DateTimeOffset(2019, 6, 3, 9, 0, 1, TimeSpan.FromHours(8));
        var digest = CommandDigest.Of(new Stamp(Sample.Id(7), new Actor("S001", "government-service"), at), "accept");
        ChainReceipt?[] receipts =
        [
            null,
            new(at, null, null),
            new(at.AddTicks(1), null, null),
            new(at, "{}", null),
            new(at, null, digest),
            new(at, "{}", digest),
        ];
        receipts
            .Select(receipt =>
                Convert.ToHexStringLower(
                    HashChain.Next(
                        previous: new byte[HashChain.Length],
                        world: "live",
                        stream: "case/YD00000012",
                        version: 1,
                        at: at,
                        kind: "case.act-taken",
                        actor: Actor.System,
                        commandId: Sample.Id(7),
                        payload: Payload,
                        receipt: receipt
                    )
                )
            )
            .Distinct()
            .Count()
            .ShouldBe(receipts.Length);
    }

    private static string Hash(
        long version,
        string world = "live",
        string stream = "case/YD00000012",
        string kind = "case.act-taken",
        string? actedFor = null,
        int offset = 8
    )
    {
        var at = new DateTimeOffset(2019, 6, 3, 9, 0, 0, TimeSpan.FromHours(8)).ToOffset(TimeSpan.FromHours(offset));
        return Convert.ToHexStringLower(
            HashChain.Next(
                previous: new byte[HashChain.Length],
                world: world,
                stream: stream,
                version: version,
                at: at,
                kind: kind,
                actor: new Actor("S001", "government-service", actedFor),
                commandId: Sample.Id(7),
                payload: Payload
            )
        );
    }
}
