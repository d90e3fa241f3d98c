using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TownReform.Grains.Audit;
using TownReform.Grains.Audit.EndState;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Audit;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Tests.Api;
using TownReform.Tests.Fixtures;

namespace TownReform.Silo.Tests.Access.Pairs;

/// <summary>
/// Whoever sends whatever over HTTP is answered as the rule says: accounts of all kinds with commands of all kinds, and what becomes of
/// each foretold by rules and grains alone. Afterwards the record holds what was answered, and nothing else. How many:
/// <c>TOWNREFORM_PAIRS</c>, 300 when it is left out.
/// </summary>
public sealed class PairsTests
{
    private const string Recorded = "recorded",
        Code = "code";

    private readonly Dictionary<Guid, Pair> onRecord = [];
    private readonly List<string> differ = [];
    private readonly SortedDictionary<string, int> seen = new(StringComparer.Ordinal);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pairs_OverHttp_AreAnsweredAsTheRuleSays()
    {
        var many = int.Parse(Environment.GetEnvironmentVariable("TOWNREFORM_PAIRS") ?? "300", CultureInfo.InvariantCulture);
        var seed = Environment.GetEnvironmentVariable("TOWNREFORM_SEED") is { } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : (int)(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() % 1_000_000);
        var silo = new SignedInSilo { ChangeSeeds = PairSeeds.Change };
        try
        {
            await silo.InitializeAsync();
            await PairSeeds.SendOnLeaveAsync(silo);
            var before = await RecordsAsync(silo, null);
            await SendAsync(silo, many, seed);
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{many} pairs, seed {seed}: {string.Join(", ", seen.Select(one => $"{one.Key} {one.Value}"))}"
            );
            differ.Take(10).ShouldBeEmpty($"seed {seed}: {differ.Count} of {many} differ");
            await JudgeRecordAsync(silo, before.Keys.ToHashSet(), seed);
            seen.Keys.Select(key => key[..3]).ShouldBeSubsetOf(["200", "201", "401", "403", "404", "409", "412", "422", "428"]);
            new[] { "200", "201", "403", "404", "409", "422" }.ShouldBeSubsetOf(seen.Keys.Select(key => key[..3]), $"seed {seed}");
        }
        finally
        {
            await silo.DisposeAsync();
        }
    }

    private async Task SendAsync(SignedInSilo silo, int many, int seed)
    {
        var clock = silo.Services.GetRequiredService<ILiveTownClock>();
        DateTimeOffset Now() => clock.NowAsync().AsTask().GetAwaiter().GetResult();
        var maker = new PairMaker(silo, seed, silo.Seeds.Towns["yandian"].DayOf(Now()));
        var oracle = new PairOracle(silo, Now);
        for (var n = 0; n < many; n++)
        {
            var pair = await maker.NextAsync();
            var expected = await oracle.ExpectAsync(pair);
            var (given, command, said) = await AskAsync(silo, pair, expected);
            seen[$"{given.Status} {given.Code}"] = seen.GetValueOrDefault($"{given.Status} {given.Code}") + 1;
            if (given != expected)
            {
                differ.Add($"#{n} {pair}\n    expected {expected}\n    given {given}\n    {said}");
            }

            if (given.Recorded)
            {
                onRecord.Add(command, pair);
            }

            if (given is { Recorded: true, Code: null })
            {
                await SettledAsync(silo);
            }

            if (given.Status == 201)
            {
                maker.Know(JsonDocument.Parse(said).RootElement.Case());
            }
        }
    }

    // What an act tells other grains has arrived before the next is sent, so that both are asked of the same town.
    private static Task SettledAsync(SignedInSilo silo)
    {
        var outbox = silo.Services.GetRequiredService<IWorlds>().Of(Address.Live).Outbox;
        return Eventually.HoldsAsync("its effects have arrived", async () => await outbox.CountAsync(Stop) == 0);
    }

    // An answer says of a refusal whether it is on record. Of what is done the record alone tells, afterwards.
    private static async Task<(PairOutcome Given, Guid Command, string Said)> AskAsync(SignedInSilo silo, Pair pair, PairOutcome expected)
    {
        (string, string)[] seenVersion = pair.Command is ActPair { Version: { } version }
            ? [("If-Match", FormattableString.Invariant($"\"{version}\""))]
            : [];
        using var answer = await silo.PostAsync(
            pair.Who.AccountId,
            pair.Command.Path,
            pair.Command.Body,
            SignedInSilo.Fresh(),
            seenVersion
        );
        var said = await answer.Content.ReadAsStringAsync(Stop);
        var json = JsonDocument.Parse(said).RootElement;
        var status = (int)answer.StatusCode;
        var command = answer.Headers.TryGetValues(IdempotencyKey.Answer, out var ids) ? Guid.Parse(ids.Single()) : default;
        return status < 300
            ? (new(status, null, expected.Recorded, json.TryGetProperty("step", out var step) ? step.GetString() : null), command, said)
            : (
                new(
                    status,
                    json.TryGetProperty(Code, out var code) ? (RefusalCode)code.GetInt32() : null,
                    json.TryGetProperty(Recorded, out var recorded) && recorded.GetBoolean()
                ),
                command,
                said
            );
    }

    // Each command that was answered as recorded is there once; nobody else's is, and the audit of the folder finds no breach.
    private async Task JudgeRecordAsync(SignedInSilo silo, HashSet<Guid> before, int seed)
    {
        await SettledAsync(silo);
        using var check = new EndStateCheck(silo.Seeds);
        var records = await RecordsAsync(silo, check);
        var report = check.Finish();
        report
            .Checks.SelectMany(one => one.First.Select(breach => $"{one.Check}: {breach.Stream} #{breach.Version}: {breach.Why.En}"))
            .Take(10)
            .ShouldBeEmpty($"seed {seed}");
        var since = records.Where(record => !before.Contains(record.Key)).ToDictionary();
        onRecord
            .Where(one => !since.ContainsKey(one.Key))
            .Select(one => $"{one.Value}")
            .Take(5)
            .ShouldBeEmpty($"seed {seed}: not on record");
        since
            .Where(one => !onRecord.ContainsKey(one.Key))
            .Select(one => one.Value.Stream)
            .Take(5)
            .ShouldBeEmpty($"seed {seed}: unanswered");
        since.Values.Sum(one => one.Times).ShouldBe(onRecord.Count, $"seed {seed}");
    }

    /// <summary>What people have said, by the id of the command; the system's own records are left out.</summary>
    private static async Task<Dictionary<Guid, (string Stream, int Times)>> RecordsAsync(SignedInSilo silo, EndStateCheck? check)
    {
        var records = new Dictionary<Guid, (string Stream, int Times)>();
        await foreach (var part in new LiveScan(silo.Grains.GetGrain<IAuditGrain>(Address.Live)).ScanAsync(Stop))
        {
            check?.Take(part);
            if (part is ScannedRecord { Record: { } record } && record.ActorOffice != Actor.System.Office)
            {
                records[record.CommandId] = (record.Stream, records.GetValueOrDefault(record.CommandId).Times + 1);
            }
        }

        return records;
    }
}
