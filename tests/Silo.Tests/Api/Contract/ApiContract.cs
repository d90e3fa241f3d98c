using System.Text.Json;

namespace TownReform.Silo.Tests.Api.Contract;

/// <summary>The description of the API as a silo gives it, and whether an answer keeps to it.</summary>
internal sealed class ApiContract(JsonElement document)
{
    private static readonly string[] Methods = ["get", "post", "put", "delete", "patch"];

    public IReadOnlyList<Operation> Operations { get; } =
    [
        .. document
            .GetProperty("paths")
            .EnumerateObject()
            .SelectMany(path =>
                path.Value.EnumerateObject()
                    .Where(method => Methods.Contains(method.Name))
                    .Select(method => new Operation(method.Name, path.Name, method.Value))
            ),
    ];

    /// <summary>What is wrong with an answer by the description of its operation; null when it keeps to it.</summary>
    public string? Fault(Operation operation, int status, string? mediaType, string body)
    {
        if (!operation.Said.GetProperty("responses").TryGetProperty($"{status}", out var response))
        {
            return $"status {status} isn't declared";
        }

        if (!response.TryGetProperty("content", out var content))
        {
            return body.Length > 0 ? "a body isn't declared" : null;
        }

        if (mediaType is null || !content.TryGetProperty(mediaType, out var said))
        {
            return $"{mediaType ?? "no content"} isn't declared for {status}";
        }

        return mediaType.EndsWith("json", StringComparison.Ordinal)
            ? Fault("$", said.GetProperty("schema"), JsonDocument.Parse(body).RootElement)
            : null;
    }

    /// <summary>A schema without its reference.</summary>
    public JsonElement Resolved(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("$ref", out var reference)
            ? reference
                .GetString()!
                .Split('/')[1..]
                .Aggregate(document, (at, name) => at.GetProperty(name.Replace("~1", "/", StringComparison.Ordinal)))
            : schema;

    private string? Fault(string at, JsonElement schema, JsonElement value)
    {
        schema = Resolved(schema);
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (schema.TryGetProperty("oneOf", out var any) || schema.TryGetProperty("anyOf", out any))
        {
            var faults = any.EnumerateArray().Select(one => Fault(at, one, value)).ToList();
            return faults.Contains(null) ? null : string.Join(" | ", faults);
        }

        if (schema.TryGetProperty("type", out var type) && !IsOf(type, value))
        {
            return $"{at} is {value.ValueKind}, not {type}";
        }

        if (
            schema.TryGetProperty("enum", out var names)
            && value.ValueKind == JsonValueKind.String
            && names.EnumerateArray().All(name => name.ToString() != value.GetString())
        )
        {
            return $"{at} is {value}, not one of {names}";
        }

        return value.ValueKind switch
        {
            JsonValueKind.Object => OfObject(at, schema, value),
            JsonValueKind.Array when schema.TryGetProperty("items", out var items) => value
                .EnumerateArray()
                .Select((entry, n) => Fault($"{at}[{n}]", items, entry))
                .FirstOrDefault(fault => fault is not null),
            _ => null,
        };
    }

    private string? OfObject(string at, JsonElement schema, JsonElement value)
    {
        if (schema.TryGetProperty("required", out var required))
        {
            foreach (var name in required.EnumerateArray())
            {
                if (!value.TryGetProperty(name.GetString()!, out _))
                {
                    return $"{at} lacks {name}";
                }
            }
        }

        foreach (var member in value.EnumerateObject())
        {
            var fault =
                schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(member.Name, out var said)
                    ? Fault($"{at}.{member.Name}", said, member.Value)
                : schema.TryGetProperty("additionalProperties", out var more) ? Fault($"{at}.{member.Name}", more, member.Value)
                : properties.ValueKind == JsonValueKind.Object ? $"{at} has {member.Name}, which isn't declared"
                : null;
            if (fault is not null)
            {
                return fault;
            }
        }

        return null;
    }

    private static bool IsOf(JsonElement type, JsonElement value) =>
        type.ValueKind == JsonValueKind.Array
            ? type.EnumerateArray().Any(one => IsOf(one, value))
            : type.GetString() switch
            {
                "string" => value.ValueKind == JsonValueKind.String,
                "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
                "number" => value.ValueKind == JsonValueKind.Number,
                "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
                "object" => value.ValueKind == JsonValueKind.Object,
                "array" => value.ValueKind == JsonValueKind.Array,
                "null" => value.ValueKind == JsonValueKind.Null,
                _ => false,
            };
}

/// <summary>One operation of the description.</summary>
internal sealed record Operation(string Method, string Path, JsonElement Said)
{
    public string Id => Said.TryGetProperty("operationId", out var id) ? id.GetString()! : $"{Method} {Path}";

    public bool IsStream =>
        Said.GetProperty("responses").TryGetProperty("200", out var done)
        && done.TryGetProperty("content", out var content)
        && content.TryGetProperty("text/event-stream", out _);

    public IEnumerable<JsonElement> Parameters => Said.TryGetProperty("parameters", out var all) ? all.EnumerateArray() : [];

    /// <summary>Schema of its body of JSON; null where it takes none.</summary>
    public JsonElement? Body =>
        Said.TryGetProperty("requestBody", out var body) && body.GetProperty("content").TryGetProperty("application/json", out var json)
            ? json.GetProperty("schema")
            : null;

    public bool TakesOtherBodies => Said.TryGetProperty("requestBody", out _) && Body is null;
}
