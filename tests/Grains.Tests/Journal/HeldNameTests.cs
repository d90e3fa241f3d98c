using Npgsql;
using TownReform.Grains.Establishment;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Sqlite;
using TownReform.Grains.Rules.Establishment;
using TownReform.Grains.Rules.Records;
using TownReform.Grains.Rules.Seals;
using TownReform.Grains.Seals;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Journal;

/// <summary>A certificate number (B1) and somebody's post (D2) are given once, whatever an office remembers: the journal looks at what is
/// on record.</summary>
public sealed class HeldNameTests(PrivatePostgres server) : IAsyncLifetime
{
    private const string Seal = "seal/yandian",
        Posts = "establishment/yandian";

    private readonly KeptTowns towns = new(server);
    private int commands;

    public static TheoryData<Kept> Stores => [Kept.Sqlite, Kept.Postgres];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => towns.DisposeAsync();

    [Theory, MemberData(nameof(Stores))]
    public async Task Number_GivenTwice_FailsWholeAndIsTold(Kept kept)
    {
        var storage = await towns.OfAsync(kept);
        var head = await GiveAsync(storage, Seal, JournalHead.None, Issued(1), Issued(2));
        await storage.Outbox.CountAsync(Stop);
        head = await GiveAsync(storage, Seal, head, Issued(3));

        // In the tables, only safe yet, in one append, beside a case: none may be, nor what it comes with.
        foreach (
            var twice in new[] { [Issued(1)], [Issued(3)], [Issued(2)], [Issued(4), Issued(5), Issued(4)], new[] { Issued(6), Issued(3) } }
        )
        {
            (await Should.ThrowAsync<TownFaultException>(() => GiveAsync(storage, Seal, head, twice))).ShouldSatisfyAllConditions(
                it => it.Deed.ShouldBe(Deed.NotDone),
                it => it.Because.Zh.ShouldContain(Seal),
                it => it.Because.En.ShouldContain("given already"),
                it => it.Passing.ShouldBeFalse()
            );
        }

        var decided = Sample.Append(
            "case/YD00000001",
            JournalHead.None,
            900,
            Sample.Row("YD00000001", 900),
            false,
            Sample.Effect("case/YD00000001", 1, 0)
        ) with
        {
            Pair = new PairedAppend(Seal, head, [Event(SealRecord.Events.Write(Issued(2)), CertificateIssued.DurableName)]),
        };
        await Should.ThrowAsync<TownFaultException>(async () => await storage.Journal.AppendAsync(decided));
        (await storage.Journal.ReadAsync("case/YD00000001", 0, Stop)).ShouldBeEmpty();
        (await storage.Outbox.CountAsync(Stop)).ShouldBe(0);
        (await storage.Journal.ReadAsync(Seal, 0, Stop)).Count.ShouldBe(3);

        // The next number, the same number of another town's seal, and a repeated telling are none.
        await GiveAsync(storage, Seal, head, Issued(4), new CertificateTold("YD00000001", Issued(1).Certificate));
        await GiveAsync(storage, "seal/guyan", JournalHead.None, Issued(1));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task Number_GivenTwiceAmongOthers_OnlyThatFails(Kept kept)
    {
        var storage = await towns.OfAsync(kept);
        var head = await GiveAsync(storage, Seal, JournalHead.None, Issued(1));
        var good = Enumerable
            .Range(0, 20)
            .Select(n => storage.Journal.AppendAsync(Sample.Append($"case/{n}", JournalHead.None, 5000 + n)).AsTask())
            .ToList();
        var twice = GiveAsync(storage, Seal, head, Issued(1));
        good.AddRange(
            Enumerable
                .Range(20, 20)
                .Select(n => storage.Journal.AppendAsync(Sample.Append($"case/{n}", JournalHead.None, 5000 + n)).AsTask())
        );
        await Task.WhenAll(good);
        await Should.ThrowAsync<TownFaultException>(() => twice);
        await GiveAsync(storage, Seal, head, Issued(2));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task Post_HeldAndReleased_IsFilledOnceAtATime(Kept kept)
    {
        var storage = await towns.OfAsync(kept);
        var head = await GiveAsync(
            storage,
            Posts,
            JournalHead.None,
            new PostFilled("S001", PostClass.Administrative),
            new PostFilled("S002", PostClass.Institution)
        );
        await Should.ThrowAsync<TownFaultException>(() => GiveAsync(storage, Posts, head, new PostFilled("S001", PostClass.Institution)));
        head = await GiveAsync(storage, Posts, head, new PostReleased("S001"));
        head = await GiveAsync(
            storage,
            Posts,
            head,
            new PostFilled("S001", PostClass.Institution),
            new PostReleased("S001"),
            new PostFilled("S001", PostClass.Institution)
        );
        await storage.Outbox.CountAsync(Stop);
        await Should.ThrowAsync<TownFaultException>(() =>
            GiveAsync(storage, Posts, head, new PostFilled("S001", PostClass.Administrative))
        );
        await GiveAsync(storage, Posts, head, new PostReleased("S002"), new PostFilled("S003", PostClass.Institution));
    }

    [Fact]
    public async Task Number_GivenBeforeARestart_IsRemembered()
    {
        await using var town = new SqliteTown();
        var head = await GiveAsync(town.Storage, Seal, JournalHead.None, Issued(1));
        await town.ReopenAsync();
        await Should.ThrowAsync<TownFaultException>(() => GiveAsync(town.Storage, Seal, head, Issued(1)));
        await GiveAsync(town.Storage, Seal, head, Issued(2));
    }

    [Fact]
    public async Task Question_IsAnsweredByItsIndex()
    {
        await using var town = new SqliteTown();
        using var connection = JournalFile.OpenReadOnly(town.File);
        using var explain = SqliteSchema.Ask(connection, $"EXPLAIN QUERY PLAN {Fence.Taken}");
        for (var n = 1; n <= 3; n++)
        {
            explain.Parameters.AddWithValue($"?{n}", "x");
        }

        using var plan = explain.ExecuteReader();
        var lines = new List<string>();
        while (plan.Read())
        {
            lines.Add(plan.GetString(3));
        }

        lines.ShouldContain(
            line => line.Contains("journal_held (world=? AND stream=? AND <expr>=?)", StringComparison.Ordinal),
            string.Join('\n', lines)
        );
    }

    [Fact]
    public async Task Question_OnPostgres_IsAnsweredByItsIndex()
    {
        await using var town = new PostgresTown(await server.NewDatabaseAsync());
        await using var connection = new NpgsqlConnection(town.Connection);
        await connection.OpenAsync(Stop);
        const string Ask = """
            SET enable_seqscan = off;
            EXPLAIN SELECT kind FROM journal WHERE world = 'live' AND stream = 'seal/yandian'
              AND coalesce("substring"(payload, '"certificate":"([^"]*)"'), "substring"(payload, '"staff":"([^"]*)"')) = 'x' AND version < 7
              AND kind = ANY (ARRAY['establishment.post-filled', 'establishment.post-released', 'seal.certificate-issued']) ORDER BY version DESC LIMIT 1
            """;
        await using var explain = new NpgsqlCommand(Ask, connection);
        await using var plan = await explain.ExecuteReaderAsync(Stop);
        var lines = new List<string>();
        while (await plan.ReadAsync(Stop))
        {
            lines.Add(plan.GetString(0));
        }

        lines.ShouldContain(line => line.Contains("journal_held", StringComparison.Ordinal), string.Join('\n', lines));
    }

    private static CertificateIssued Issued(int number) =>
        new(
            Case: $"YD{number:D8}",
            Kind: "permit",
            Item: "YD-014",
            Prefix: "烟行许",
            Year: 2019,
            Number: number,
            Certificate: SealRules.Text("烟行许", 2019, number)
        );

    private async Task<JournalHead> GiveAsync(WorldStorage storage, string stream, JournalHead after, params RecordedEvent[] given) =>
        await storage.Journal.AppendAsync(
            new JournalAppend(
                stream,
                after,
                [
                    .. given.Select(it =>
                        Event(
                            it is SealEvent seal ? SealRecord.Events.Write(seal) : EstablishmentRecord.Events.Write((EstablishmentEvent)it),
                            ((IRecorded)it).Kind
                        )
                    ),
                ],
                []
            )
        );

    private NewEvent Event(ReadOnlyMemory<byte> payload, string kind) => Sample.Event(++commands) with { Kind = kind, Payload = payload };
}
