using System.Net.Sockets;
using Npgsql;

namespace TownReform.Grains.Journal.Storage;

/// <summary>Why a town can't begin on a PostgreSQL server, and the statement or setting that helps.</summary>
internal static class PostgresHindrance
{
    public static Words Of(string connectionString, Exception fault)
    {
        var at = new NpgsqlConnectionStringBuilder(connectionString);
        var (where, user, database) = (
            $"{at.Host}:{at.Port}",
            at.Username ?? Environment.UserName,
            at.Database ?? at.Username ?? Environment.UserName
        );
        var why =
            StorageFaults.Find<PostgresException>(fault) is { } said ? Said(said, where, user, database)
            : StorageFaults.Find<SocketException>(fault) is { } line ? OfLine(line, where)
            : StorageFaults.Find<TimeoutException>(fault) is not null
                ? new(
                    $"{where} 没有应答；请核对 --connection 的 Host、Port 与防火墙。",
                    $"{where} doesn't answer; check Host and Port in --connection, and the firewall."
                )
            : StorageFaults.Of(fault);
        return new($"PostgreSQL {where}/{database} 无法使用：{why.Zh}", $"PostgreSQL {where}/{database} can't be used: {why.En}");
    }

    private static Words OfLine(SocketException line, string where) =>
        line.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => new(
                $"{where} 无人监听；请启动 PostgreSQL，或更正 --connection 的 Host、Port。",
                $"nobody listens at {where}; start PostgreSQL, or correct Host and Port in --connection."
            ),
            SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => new(
                "找不到该主机；请更正 --connection 的 Host。",
                "there is no such host; correct Host in --connection."
            ),
            _ => new(
                $"连不上 {where}：{line.Message}；请核对 --connection。",
                $"{where} can't be reached ({line.Message}); check --connection."
            ),
        };

    private static Words Said(PostgresException said, string where, string user, string database) =>
        said.SqlState switch
        {
            PostgresErrorCodes.InvalidPassword => new(
                $"用户 {user} 的密码不对；请更正 --connection 的 Username、Password。",
                $"the password of {user} is wrong; correct Username and Password in --connection."
            ),
            PostgresErrorCodes.InvalidAuthorizationSpecification => new(
                $"服务器不接受用户 {user}：{said.MessageText}；请核对 Username，或在 pg_hba.conf 中允许。",
                $"the server doesn't let {user} in: {said.MessageText}; check Username, or allow it in pg_hba.conf."
            ),
            PostgresErrorCodes.InvalidCatalogName => NoDatabase(user, database),
            PostgresErrorCodes.InsufficientPrivilege when said.MessageText.Contains("create database", StringComparison.Ordinal) =>
                NoDatabase(user, database),
            PostgresErrorCodes.InsufficientPrivilege when said.MessageText.Contains("schema", StringComparison.Ordinal) => new(
                $"用户 {user} 无权在 public 模式中建表；请由库的所有者执行：GRANT CREATE, USAGE ON SCHEMA public TO {Quoted(user)};",
                $"user {user} may not make tables in schema public; have its owner run: GRANT CREATE, USAGE ON SCHEMA public TO "
                    + $"{Quoted(user)};"
            ),
            PostgresErrorCodes.InsufficientPrivilege => new(
                $"用户 {user} 权限不足（{said.MessageText}）；表须归该用户所有，如由管理员执行：REASSIGN OWNED BY 原所有者 TO {Quoted(user)};",
                $"user {user} lacks a right ({said.MessageText}); the tables have to be that user's, such as by: REASSIGN OWNED "
                    + $"BY the_present_owner TO {Quoted(user)};"
            ),
            PostgresErrorCodes.TooManyConnections => new(
                "连接数已满；请提高 max_connections。",
                "it has no connection left; raise max_connections."
            ),
            PostgresErrorCodes.CannotConnectNow => new(
                $"{where} 正在启动或停止；请稍候再试。",
                $"{where} is starting or stopping; try again in a moment."
            ),
            _ => StorageFaults.Of(said),
        };

    private static Words NoDatabase(string user, string database) =>
        new(
            $"没有数据库 {database}，用户 {user} 也无权创建；请由管理员执行：CREATE DATABASE {Quoted(database)} OWNER {Quoted(user)} ENCODING 'UTF8' "
                + "TEMPLATE template0;",
            $"there is no database {database}, and user {user} may not make it; have an administrator run: CREATE DATABASE "
                + $"{Quoted(database)} OWNER {Quoted(user)} ENCODING 'UTF8' TEMPLATE template0;"
        );

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

/// <summary>PostgreSQL can't be reached, or can't be used as it is.</summary>
public sealed class PostgresUnusableException(Words words, Exception? inner = null) : IOException($"{words.Zh} / {words.En}", inner)
{
    /// <summary>By what the server, or the way to it, has said.</summary>
    public PostgresUnusableException(string connectionString, Exception inner)
        : this(PostgresHindrance.Of(connectionString, inner), inner) { }

    /// <summary>Why, and what to do.</summary>
    public Words Words { get; } = words;
}
