namespace TownReform.Benchmarks.Speed.Running;

/// <summary>Where the runs find their grounds: a folder, and one PostgreSQL where it is needed.</summary>
internal sealed class Site : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("townreform-speed-");
    private PrivateServer? server;

    private Site() { }

    public string? ServerVersion => server?.Version;

    /// <exception cref="ServerUnavailableException">The server can't be installed or started; says why.</exception>
    public static async Task<Site> OpenAsync(bool needsServer, CancellationToken cancellation)
    {
        var site = new Site();
        try
        {
            site.server = needsServer ? await PrivateServer.StartAsync(cancellation) : null;
            return site;
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    public async Task<Ground> NewGroundAsync(GroundKind kind, int cases, CancellationToken cancellation) =>
        kind == GroundKind.Postgres
            ? await PostgresGround.MakeAsync(cases, server!, cancellation)
            : new SqliteGround(cases, folder.CreateSubdirectory("run"));

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        folder.Delete(recursive: true);
    }
}
