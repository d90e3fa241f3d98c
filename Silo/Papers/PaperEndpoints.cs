using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TownReform.Silo.Api;

namespace TownReform.Silo.Papers;

/// <summary>What people keep of a case and hand in for it: receipts, papers, documents.</summary>
internal static class PaperEndpoints
{
    public static void Map(WebApplication app)
    {
        ReceiptsApi.MapKeys(app);
        ReceiptsApi.Map(ApiEndpoints.Group(app));
    }
}
