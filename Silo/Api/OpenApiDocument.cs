using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace TownReform.Silo.Api;

/// <summary>The description of the API, OpenAPI 3.1.</summary>
internal static class OpenApiDocument
{
    public static void Describe(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer(
            static (document, _, _) =>
            {
                document.Info = new OpenApiInfo
                {
                    Title = "TownReform",
                    Version = "v1",
                    Description =
                        "What towns may do, and how it is applied for. Every refusal is problem details (RFC 9457) with code, clause, "
                        + "reason in both languages and facts.",
                };
                document.Servers?.Clear();
                return Task.CompletedTask;
            }
        );
    }
}
