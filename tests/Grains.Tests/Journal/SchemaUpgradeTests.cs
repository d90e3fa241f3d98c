using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Sqlite;

namespace TownReform.Grains.Tests.Journal;

/// <summary>A town that was kept by an earlier version reads the same after the upgrade.</summary>
public sealed class SchemaUpgradeTests : IDisposable
{
    private const string Kept = """
        INSERT INTO cases (world, number, town, procedure, kind, subject, step, disposition, workplace, colour, party_id, party_name, opened_at, changed_at, opened_by) VALUES
            ('live', 'YD1', 'yandian', 'permit', 'grant', 'YD-014', 'examine', 1, 'yandian/government-service', 1, 'P1', '张三', '2019-06-03T01:01:00.0000000Z', '2019-06-03T01:01:00.0000000Z', '00000001-0000-0000-0000-000000000001'),
            ('live', 'YD2', 'yandian', 'permit', 'grant', 'YD-014', 'examine', 2, NULL, 1, 'P1', '张三', '2019-06-03T01:02:00.0000000Z', '2019-06-03T01:02:00.0000000Z', '00000002-0000-0000-0000-000000000001');
        INSERT INTO work (world, case_number, workplace, version, step, item, role, hands, certificates, not_by, prefer, green, since, look_on, due, officers) VALUES
            ('live', 'YD1', 'yandian/government-service', 1, 'examine', 'YD-014', 'examiner', 1, '["law"]', '["S009"]', NULL, 1, '2019-06-03T01:00:00.0000000Z', '2019-06-05', '2019-06-09', '["S001","S002"]');
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("town");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Upgrade_CasesAndWorkInTables_ReadAsTheyWere()
    {
        var file = Path.Combine(folder.FullName, "town.sqlite");
        SchemaUpgrade.Apply(file, typeof(SqliteWorld).Assembly, "Journal/0001");
        Execute(file, Kept);

        await using var world = new SqliteWorld(Address.Live, file, new Courier(), TimeProvider.System, NullLogger.Instance);
        var cases = await world.Storage.ReadModel.ListCasesAsync(new CaseQuery(), TestContext.Current.CancellationToken);
        var work = await world.Storage.ReadModel.ListWorkAsync("yandian/government-service", TestContext.Current.CancellationToken);

        cases
            .Select(c => c with { Work = null })
            .ShouldBe([
                Sample.Row("YD2", 2, disposition: Disposition.Decided),
                Sample.Row("YD1", 1, Sample.Work("YD1", 1)) with
                {
                    Work = null,
                },
            ]);
        var (kept, sample) = (work.Single(), Sample.Work("YD1", 1));
        kept.Certificates.ShouldBe(sample.Certificates);
        kept.NotBy.ShouldBe(sample.NotBy);
        kept.Officers.ShouldBe(sample.Officers);
        (kept with { Certificates = [], NotBy = [], Officers = [] }).ShouldBe(sample with { Certificates = [], NotBy = [], Officers = [] });
    }

    private static void Execute(string file, string sql)
    {
        using var connection = JournalFile.Open(file, SqliteOpenMode.ReadWrite);
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is a constant above.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
