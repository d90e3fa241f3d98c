using System.CommandLine;
using TownReform.Client.Live;
using TownReform.Client.Terminal;
using TownReform.Grains.Journal.Storage;
using TownReform.Silo.Identity;
using TownReform.Silo.Identity.Storage;

namespace TownReform.Client.Commands;

/// <summary>Where accounts are kept: in the folder of a town, or in a cluster's database.</summary>
internal sealed class AccountPlace(Shell shell)
{
    private readonly Option<string?> data = shell.Text(
        "--data",
        "FOLDER",
        new(
            "镇的数据文件夹（默认 data，或环境变量 TOWNREFORM_DATA）；镇可照常运行",
            "the town's folder (default data, or TOWNREFORM_DATA); the town may run"
        )
    );

    private readonly Option<string?> connection = shell.Text(
        "--connection",
        "STRING",
        new("或 PostgreSQL 连接串（集群）", "or the PostgreSQL connection string (a cluster)")
    );

    public Command On(Command command) => command.With(data, connection);

    public AccountsOpened Open(Call call)
    {
        // What is made here is for the owner of the town alone.
        OwnersOnly.FromNowOn();
        if (call.Of(connection) is { } database)
        {
            try
            {
                return new(AccountDatabase.OnPostgres(AuditSource.Connection(database)));
            }
            catch (PostgresUnusableException e)
            {
                throw new CommandFailedException(ExitCode.Unreachable, e.Words);
            }
        }

        var folder = Path.GetFullPath(
            call.Of(data) ?? (Environment.GetEnvironmentVariable("TOWNREFORM_DATA") is { Length: > 0 } named ? named : "data")
        );
        if (!File.Exists(Path.Combine(folder, "town.sqlite")))
        {
            throw CommandFailedException.BadInput(
                $"{folder} 中没有镇。用 --data 指明镇的数据文件夹，或用 --connection 指明数据库。",
                $"There is no town in {folder}. Say where it is: --data FOLDER, or --connection."
            );
        }

        try
        {
            return new(AccountDatabase.OnSqlite(folder));
        }
        catch (StoredFileException e)
        {
            throw new CommandFailedException(ExitCode.BadInput, e.Words);
        }
    }
}

/// <summary>The accounts of a town, opened for one command.</summary>
internal sealed class AccountsOpened(AccountDatabase database) : IAsyncDisposable
{
    public AccountKeeping Keeping { get; } = new(database, TimeProvider.System);

    /// <exception cref="CommandFailedException">There is none of that name.</exception>
    public async Task<StoredAccount> FindAsync(string name) =>
        await Keeping.FindAsync(name)
        ?? throw CommandFailedException.BadInput(
            $"没有登录名为“{name}”的账户；account list 列出全部。",
            $"There is no account '{name}'; account list shows them all."
        );

    public ValueTask DisposeAsync() => database.DisposeAsync();
}
