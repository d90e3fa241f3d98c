using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace TownReform.Silo.Api.Conventions;

/// <summary>The description of the API, OpenAPI 3.1: what the framework leaves out of it is added here.</summary>
internal static class OpenApiDocument
{
    public static void Describe(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer(
            static (document, context, _) =>
            {
                document.Info = new OpenApiInfo
                {
                    Title = "TownReform",
                    Version = "v1",
                    Description =
                        "What towns may do, and how it is applied for and decided. Every refusal is problem details (RFC 9457) with code, "
                        + "clause, reason in both languages and facts. What commands carries an Idempotency-Key and may be sent again.",
                };
                document.Servers?.Clear();
                WorldPaths.Add(document, context);
                return Task.CompletedTask;
            }
        );
        options.AddOperationTransformer(static (operation, context, _) => DescribeAsync(operation, context));
        options.AddSchemaTransformer(static (schema, context, _) => DescribeAsync(schema, context));
    }

    private static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        NamedDescription.Describe(operation, context.Description);
        var said = context.Description.ActionDescriptor.EndpointMetadata;
        foreach (var header in said.OfType<SentHeader>())
        {
            (operation.Parameters ??= []).Add(
                new OpenApiParameter
                {
                    Name = header.Name,
                    In = ParameterLocation.Header,
                    Required = header.Required,
                    Description = header.Description,
                    Schema = Text(),
                }
            );
        }

        foreach (var header in said.OfType<AnsweredHeader>())
        {
            foreach (var status in header.Status is { } only ? [$"{only}"] : operation.Responses?.Keys.Where(IsDecided).ToArray() ?? [])
            {
                Answer(operation, status, header.Name, header.Description);
            }
        }

        foreach (var status in new[] { "429", "503" })
        {
            Answer(operation, status, "Retry-After", "Seconds after which to come again.");
        }

        return Task.CompletedTask;
    }

    // Done, or refused by a rule of the town.
    private static bool IsDecided(string status) => status.StartsWith('2') || status is "403" or "409";

    private static void Answer(OpenApiOperation operation, string status, string name, string description)
    {
        if (operation.Responses?.GetValueOrDefault(status) is OpenApiResponse response)
        {
            (response.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal))[name] = new OpenApiHeader
            {
                Description = description,
                Schema = Text(),
            };
        }
    }

    // Enums travel as text; the framework lists their names and leaves the type out.
    private static Task DescribeAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type.IsEnum)
        {
            schema.Type = type == context.JsonTypeInfo.Type ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
        }

        return Task.CompletedTask;
    }

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };
}
