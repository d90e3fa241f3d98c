using TownReform.Benchmarks.Speed.Contenders;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Benchmarks.Speed;

/// <summary>All who can be compared, in the order of the tables.</summary>
internal static class Entrants
{
    public static Entrant[] All(SeedLibrary seeds) =>
        [
            new(
                "town-postgres",
                new("本系统（PostgreSQL）", "this system, PostgreSQL"),
                Role.Town,
                GroundKind.Postgres,
                ground => new TownContender(seeds, ground, GroundKind.Postgres)
            ),
            new(
                "town-sqlite",
                new("本系统（SQLite）", "this system, SQLite"),
                Role.Town,
                GroundKind.Sqlite,
                ground => new TownContender(seeds, ground, GroundKind.Sqlite)
            ),
            new("marten", new("Marten", "Marten"), Role.Peer, GroundKind.Postgres, ground => new MartenContender(ground)),
            new(
                "akka",
                new("Akka.Persistence.Sql", "Akka.Persistence.Sql"),
                Role.Peer,
                GroundKind.Postgres,
                ground => new AkkaContender(ground)
            ),
            new(
                "ef-core",
                new("EF Core + Npgsql", "EF Core + Npgsql"),
                Role.Peer,
                GroundKind.Postgres,
                ground => new EfCoreContender(ground)
            ),
            new(
                "orleans-postgres",
                new("Orleans 状态存储（PostgreSQL）", "Orleans state, PostgreSQL"),
                Role.Peer,
                GroundKind.Postgres,
                ground => new OrleansContender(ground, GroundKind.Postgres)
            ),
            new(
                "orleans-sqlite",
                new("Orleans 状态存储（SQLite）", "Orleans state, SQLite"),
                Role.Peer,
                GroundKind.Sqlite,
                ground => new OrleansContender(ground, GroundKind.Sqlite)
            ),
            new("npgsql", new("手写 Npgsql", "Npgsql by hand"), Role.ByHand, GroundKind.Postgres, ground => new NpgsqlContender(ground)),
            new(
                "floor-orleans",
                new("底线：只有 Orleans 调用", "floor: Orleans' calls alone"),
                Role.Floor,
                GroundKind.Sqlite,
                _ => new OrleansFloor()
            ),
            new(
                "floor-journal-sqlite",
                new("底线：只记日志（SQLite）", "floor: the journal alone, SQLite"),
                Role.Floor,
                GroundKind.Sqlite,
                ground => new JournalFloor(seeds, ground, GroundKind.Sqlite)
            ),
            new(
                "floor-journal-postgres",
                new("底线：只记日志（PostgreSQL）", "floor: the journal alone, PostgreSQL"),
                Role.Floor,
                GroundKind.Postgres,
                ground => new JournalFloor(seeds, ground, GroundKind.Postgres)
            ),
            new(
                "floor-insert",
                new("底线：逐行 INSERT", "floor: single INSERTs"),
                Role.Floor,
                GroundKind.Postgres,
                ground => new PostgresFloor(ground, copy: false),
                Most: PostgresPool.Most
            ),
            new(
                "floor-copy",
                new("底线：批量 COPY", "floor: batched COPY"),
                Role.Floor,
                GroundKind.Postgres,
                ground => new PostgresFloor(ground, copy: true),
                Most: 1,
                StepsPerCommit: FloorRows.Batch
            ),
            new(
                "floor-sqlite",
                new("底线：SQLite 批量插入", "floor: SQLite batches"),
                Role.Floor,
                GroundKind.Sqlite,
                ground => new SqliteFloor(ground),
                Most: 1,
                StepsPerCommit: FloorRows.Batch
            ),
        ];
}
