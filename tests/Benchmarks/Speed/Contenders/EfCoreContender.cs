using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace TownReform.Benchmarks.Speed.Contenders;

/// <summary>EF Core: each step reads the case by a compiled query, changes it under its version, and adds a row of history.</summary>
internal sealed class EfCoreContender : IContender
{
    private static readonly Func<CaseContext, long, CancellationToken, Task<CaseRow>> Find = EF.CompileAsyncQuery(
        (CaseContext context, long id, CancellationToken _) => context.Cases.Single(c => c.Id == id)
    );

    private static readonly string Body = new('b', 560);

    private readonly NpgsqlDataSource source;
    private readonly PooledDbContextFactory<CaseContext> contexts;
    private readonly CaseNumbers numbers = new();

    public EfCoreContender(Ground ground)
    {
        source = NpgsqlDataSource.Create(PostgresPool.Tuned(ground));
        contexts = new(new DbContextOptionsBuilder<CaseContext>().UseNpgsql(source).EnableThreadSafetyChecks(false).Options, ground.Cases);
    }

    public KeptSteps Kept { get; } = new("""SELECT count(*) FROM "History" """);

    public async Task StartAsync(CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await context.Database.EnsureCreatedAsync(cancellation);
    }

    public Task<ILane> NewLaneAsync() => Task.FromResult<ILane>(new NumberedLane(numbers, TakeAsync));

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private async Task TakeAsync(CaseEvent happened, Step step)
    {
        await using var context = await contexts.CreateDbContextAsync();
        if (step == Step.Open)
        {
            context.Cases.Add(
                new CaseRow
                {
                    Id = happened.Case,
                    Version = happened.Version,
                    Step = happened.Kind,
                    Body = Body,
                }
            );
        }
        else
        {
            var row = await Find(context, happened.Case, CancellationToken.None);
            (row.Version, row.Step) = (happened.Version, happened.Kind);
        }

        context.History.Add(
            new HistoryRow
            {
                CaseId = happened.Case,
                Version = happened.Version,
                Kind = happened.Kind,
                At = happened.At.UtcDateTime,
                Payload = JsonSerializer.Serialize(happened, CaseJson.Default.CaseEvent),
            }
        );
        await context.SaveChangesAsync();
    }

    private sealed class CaseContext(DbContextOptions<CaseContext> options) : DbContext(options)
    {
        public DbSet<CaseRow> Cases => Set<CaseRow>();

        public DbSet<HistoryRow> History => Set<HistoryRow>();

        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<CaseRow>(row =>
            {
                row.Property(r => r.Id).ValueGeneratedNever();
                row.Property(r => r.Version).IsConcurrencyToken();
            });
            modelBuilder.Entity<HistoryRow>().HasKey(r => new { r.CaseId, r.Version });
        }
    }

    private sealed class CaseRow
    {
        public long Id { get; set; }

        public int Version { get; set; }

        public required string Step { get; set; }

        public required string Body { get; set; }
    }

    private sealed class HistoryRow
    {
        public long CaseId { get; set; }

        public int Version { get; set; }

        public required string Kind { get; set; }

        public DateTime At { get; set; }

        public required string Payload { get; set; }
    }
}
