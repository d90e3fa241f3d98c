using CsCheck;
using TownReform.Grains.Tests.Fixtures;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Interleavings;

/// <summary>Many clients at once leave a record and answers that one client after the other could have left (A3, B1, D2, E1, E2,
/// I2).</summary>
[ShowsClause("B1", "D2", "E1", "I2")]
public sealed class InterleavingTests(CaseCluster cluster)
{
    private const int Clients = 8;

    [Fact]
    public Task Crowd_OnAWorldInMemory_CouldHaveComeOneByOne() =>
        InMemoryAsync(Iterations.Of(5), chronicle => HistoryCheck.Of(chronicle).ShouldBeEmpty());

    [Fact]
    public async Task Crowd_OnSqlite_CouldHaveComeOneByOne()
    {
        await using var live = new LiveCrowdTown();
        var town = await live.FoundAsync();
        var crowds = new List<Crowd>();
        await Intent
            .Crowd(Clients, 40)
            .SampleAsync(
                async intents =>
                {
                    var crowd = new Crowd(town, 1 + (crowds.Count * Crowd.Cases)) { Ticks = crowds.LastOrDefault()?.Ticks ?? 0 };
                    crowds.Add(crowd);
                    await crowd.RunAsync(intents);
                    HistoryCheck.Of(await Chronicle.OfAsync(town, crowds)).ShouldBeEmpty();
                },
                iter: Iterations.Of(3),
                seed: Iterations.Seed("0N0XIzNsQ0O3"),
                threads: 1,
                print: _ => "see the seed"
            );
    }

    /// <summary>Who comes first differs from run to run, so the first of a few crowds that met everything is the one to bend.</summary>
    [Fact]
    public async Task Crowd_InMemory_SoonMeetsEverything_AndItsBentHistoriesAreRejected()
    {
        var unmet = new List<IReadOnlyList<string>>();
        await InMemoryAsync(
            20,
            chronicle =>
            {
                unmet.Add(Unmet(chronicle));
                if (unmet[^1].Count == 0)
                {
                    BentHistories.Of(chronicle).ToList().ForEach(bent => HistoryCheck.Of(bent.Chronicle).ShouldNotBeEmpty(bent.What));
                }
            },
            () => unmet is [.., { Count: 0 }]
        );
        unmet.ShouldContain(missed => missed.Count == 0, string.Join("; ", unmet.Select(missed => string.Join(", ", missed))));
    }

    private static IReadOnlyList<string> Unmet(Chronicle chronicle)
    {
        var codes = chronicle.Sent.Select(s => s.Answer.Refused).ToHashSet();
        var kinds = chronicle.Streams.Values.SelectMany(s => s).Select(r => r.Kind).ToHashSet();
        var repeated = chronicle.Sent.GroupBy(s => s.Draft).Any(repeats => repeats.Count() > 1 && repeats.First().Answer.Refused == 0);
        return
        [
            .. new[] { 0, 1003, 1005, 3002, 3015, 4001, 4002, 4003, 9001 }.Except(codes).Select(code => $"answer {code}"),
            .. new[] { "case.certificate-set", "staff.secondment-begun", "staff.leave-taken", "establishment.post-released" }.Except(kinds),
            .. BentHistories.Sealed(chronicle).Any() ? Array.Empty<string>() : ["a decision that was sealed in its own commit"],
            .. BentHistories.Lasting(chronicle).Any() ? Array.Empty<string>() : ["a secondment that nobody recalled"],
            .. BentHistories.Late(chronicle).Any() ? Array.Empty<string>() : ["an act that came too late for a case known to be open"],
            .. repeated ? Array.Empty<string>() : ["a repeated command"],
        ];
    }

    private Task InMemoryAsync(int times, Action<Chronicle> check, Func<bool>? enough = null) =>
        Intent
            .Crowd(Clients, 60)
            .SampleAsync(
                async intents =>
                {
                    if (enough?.Invoke() == true)
                    {
                        return;
                    }

                    var town = await cluster.FoundAsync();
                    var crowd = new Crowd(town, 1);
                    await crowd.RunAsync(intents);
                    check(await Chronicle.OfAsync(town, crowd));
                },
                iter: times,
                seed: Iterations.Seed("0N0XIzNsQ0O2"),
                threads: 1,
                print: _ => "see the seed"
            );
}
