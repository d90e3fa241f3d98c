using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace TownReform.Silo.Api.Conventions;

/// <summary>Describes the reads that also answer about a held world: the same operations below <c>/api/v1/worlds/{world}</c>, which have no
/// endpoints of their own.</summary>
internal static class WorldPaths
{
    private const string Root = ApiPaths.Root + "/worlds/{world}";

    public static void Add(Microsoft.OpenApi.OpenApiDocument document, OpenApiDocumentTransformerContext context)
    {
        var read = context
            .DescriptionGroups.SelectMany(group => group.Items)
            .Where(item => item.ActionDescriptor.EndpointMetadata.OfType<ReadInWorlds>().Any())
            .Select(item => $"/{item.RelativePath}")
            .Order(StringComparer.Ordinal)
            .ToList();
        foreach (var path in read)
        {
            if (document.Paths.TryGetValue(path, out var live) && live.Operations?.GetValueOrDefault(HttpMethod.Get) is { } operation)
            {
                document.Paths[Root + path[ApiPaths.Root.Length..]] = new OpenApiPathItem
                {
                    Operations = new() { [HttpMethod.Get] = InWorld(operation) },
                };
            }
        }
    }

    private static OpenApiOperation InWorld(OpenApiOperation live)
    {
        var world = new OpenApiParameter
        {
            Name = "world",
            In = ParameterLocation.Path,
            Required = true,
            Description = "World of a run that is held, as the run tells it.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        };
        var answers = new OpenApiResponses();
        foreach (var (status, answer) in live.Responses ?? [])
        {
            answers[status] = answer;
        }

        // Nobody learns of a world who may not look into it; a case's records may have left its memory.
        foreach (var status in new[] { StatusCodes.Status404NotFound, StatusCodes.Status410Gone })
        {
            answers.TryAdd(status.ToString(CultureInfo.InvariantCulture), Problem(status, answers));
        }

        return new OpenApiOperation(live)
        {
            OperationId = $"{live.OperationId}InWorld",
            Summary = $"{live.Summary} (in a held world; operators and leaders)",
            Parameters = [world, .. live.Parameters ?? []],
            Responses = answers,
        };
    }

    private static OpenApiResponse Problem(int status, OpenApiResponses answers) =>
        new()
        {
            Description = status == StatusCodes.Status410Gone ? "Gone" : "Not Found",
            Content = (answers["401"] as OpenApiResponse)?.Content,
        };
}
