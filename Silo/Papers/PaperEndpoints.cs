using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TownReform.Silo.Api;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Hosting;
using TownReform.Silo.Papers.Store;

namespace TownReform.Silo.Papers;

/// <summary>What people keep of a case and hand in for it: receipts, papers, documents.</summary>
internal static class PaperEndpoints
{
    public static void Add(IServiceCollection services, SiloOptions options)
    {
        if (options.Connection is { } connection)
        {
            services.AddSingleton(_ => PaperDatabase.OnPostgres(connection));
            services.AddSingleton<PaperDatabase>(provider => provider.GetRequiredService<PapersOnPostgres>());
            services.AddSingleton<IPaperFiles>(provider => provider.GetRequiredService<PapersOnPostgres>());
        }
        else
        {
            var folder = Path.Combine(options.Folder, PaperDatabase.Folder);
            services.AddSingleton<IPaperFiles>(provider => new PaperFolder(folder, provider.GetRequiredService<TimeProvider>()));
            services.AddSingleton(provider =>
            {
                _ = provider.GetRequiredService<IPaperFiles>();
                return PaperDatabase.OnSqlite(folder);
            });
        }

        services.AddSingleton(provider => new PaperScanner(options.ScanWith, provider.GetRequiredService<ILogger<PaperScanner>>()));
        services.AddSingleton<PaperIndex>().AddSingleton<PaperStore>().AddSingleton<PaperClaims>();
        services.AddHostedService<PaperSweep>();
    }

    public static void Map(WebApplication app)
    {
        ReceiptsApi.MapKeys(app);
        ReceiptsApi.Map(ApiEndpoints.Group(app));
        PapersApi.Map(ApiEndpoints.Group(app).ForSignedIn());
        ReceiptsApi.MapIssuing(ApiEndpoints.Group(app).ForSignedIn());
        DocumentsApi.Map(ApiEndpoints.Group(app).ForSignedIn());
        PaperPages.Map(app);
    }
}
