using System.Globalization;
using System.Text;
using System.Text.Json;

namespace TownReform.Silo.Tests.Api.Contract;

/// <summary>A request that was made up from the description of the API.</summary>
internal sealed record RandomRequest(
    Operation Operation,
    string? Account,
    string Path,
    (string Name, string Value)[] Headers,
    string? Body
);

/// <summary>Makes requests up from the description of the API: most parts as they should be, some not. The same seed makes the same
/// ones.</summary>
/// <param name="known">Values that mean something, by name of the parameter or member.</param>
internal sealed class RandomRequests(ApiContract contract, int seed, string?[] accounts, IReadOnlyDictionary<string, string[]> known)
{
    private static readonly string[] Odd =
    [
        "",
        " ",
        "0",
        "-1",
        "9223372036854775807",
        "99999999999999999999",
        "1e400",
        "true",
        "null",
        "编号",
        "é́",
        "\u202Eabc",
        "\uD83D\uDE00",
        "a/b",
        "../../etc",
        "'; --",
        "<b>",
        "{}",
        "%",
        "2026-02-30",
        "2026-12-03",
        "9999-12-31",
        "0001-01-01",
        "system",
        new('x', 300),
        new('字', 600),
    ];

#pragma warning disable RS0030 // Seeded by the test that names the seed when it fails; nothing of the product draws from it.
    private readonly Random random = new(seed);
#pragma warning restore RS0030

    public RandomRequest Next()
    {
        var operation = contract.Operations[random.Next(contract.Operations.Count)];
        var (path, query, headers) = (operation.Path, new StringBuilder(), new List<(string, string)>());
        foreach (var parameter in operation.Parameters)
        {
            var (name, required) = (
                parameter.GetProperty("name").GetString()!,
                parameter.TryGetProperty("required", out var must) && must.GetBoolean()
            );
            switch (parameter.GetProperty("in").GetString())
            {
                case "path":
                    path = path.Replace($"{{{name}}}", Uri.EscapeDataString(Segment(name)), StringComparison.Ordinal);
                    break;
                case "query" when random.Next(3) == 0:
                    var value = Uri.EscapeDataString(Text(name, parameter.GetProperty("schema")));
                    query.Append(CultureInfo.InvariantCulture, $"{(query.Length == 0 ? '?' : '&')}{name}={value}");
                    break;
                case "header" when random.Next(4) != 0 || (required && random.Next(4) != 0):
                    headers.Add((name, Header(name)));
                    break;
            }
        }

        var body = operation.Body is { } schema ? Body(schema) : null;
        return new(operation, accounts[random.Next(accounts.Length)], path + query, [.. headers], body);
    }

    // No empty segments: those are other paths. Nothing that the server refuses before the API sees it.
    private string Segment(string name) =>
        Pick(name) is { Length: > 0 } value && value.Trim().Length > 0 && value is not ("." or "..") && value.Length < 1000 ? value : "x";

    private string Header(string name) =>
        name switch
        {
            "Idempotency-Key" => random.Next(6) switch
            {
                0 => "\"quoted\"",
                1 => new string('k', 256),
                _ => $"key-{random.Next(1_000_000)}",
            },
            "If-Match" or "If-None-Match" => random.Next(5) switch
            {
                0 => "*",
                1 => "W/\"1\"",
                2 => "garbage",
                _ => $"\"{random.Next(1, 5)}\"",
            },
            _ => $"{random.Next(1, 5)}",
        };

    private string Pick(string name) =>
        random.Next(4) != 0 && known.TryGetValue(name, out var values) ? values[random.Next(values.Length)] : Odd[random.Next(Odd.Length)];

    private string Text(string name, JsonElement schema)
    {
        schema = contract.Resolved(schema);
        return schema.TryGetProperty("enum", out var names) && random.Next(4) != 0
            ? names[random.Next(names.GetArrayLength())].GetString()!
            : Pick(name);
    }

    private string Body(JsonElement schema)
    {
        var json = JsonSerializer.Serialize(Value("", schema, 0));
        return random.Next(20) switch
        {
            0 => json[..random.Next(json.Length + 1)],
            1 => "[]",
            2 => "null",
            3 => json.Replace(":", ",", StringComparison.Ordinal),
            _ => json,
        };
    }

    private object? Value(string name, JsonElement schema, int depth)
    {
        schema = contract.Resolved(schema);
        if (random.Next(25) == 0)
        {
            return random.Next(6) switch
            {
                0 => null,
                1 => 7,
                2 => true,
                3 => new object[] { 1, "x" },
                4 => new Dictionary<string, object> { ["more"] = 1 },
                _ => Odd[random.Next(Odd.Length)],
            };
        }

        if (schema.TryGetProperty("oneOf", out var any))
        {
            return Value(name, any[random.Next(any.GetArrayLength())], depth);
        }

        return TypeOf(schema) switch
        {
            "object" => Object(schema, depth),
            "array" => Enumerable.Range(0, random.Next(3)).Select(_ => Value(name, schema.GetProperty("items"), depth + 1)).ToArray(),
            "integer" or "number" => random.Next(-1, 100),
            "boolean" => random.Next(2) == 0,
            "null" => null,
            _ => Text(name, schema),
        };
    }

    private Dictionary<string, object?> Object(JsonElement schema, int depth)
    {
        var made = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (depth > 4)
        {
            return made;
        }

        if (schema.TryGetProperty("properties", out var properties))
        {
            foreach (var member in properties.EnumerateObject().Where(_ => random.Next(10) != 0))
            {
                made[member.Name] = Value(member.Name, member.Value, depth + 1);
            }
        }
        else
        {
            for (var n = random.Next(3); n > 0; n--)
            {
                made[known["field"][random.Next(known["field"].Length)]] = Odd[random.Next(Odd.Length)];
            }
        }

        return made;
    }

    private static string? TypeOf(JsonElement schema) =>
        !schema.TryGetProperty("type", out var type) ? (schema.TryGetProperty("properties", out _) ? "object" : null)
        : type.ValueKind == JsonValueKind.Array
            ? type[type.GetArrayLength() - 1].GetString() is "null" ? type[0].GetString()
                : type[type.GetArrayLength() - 1].GetString()
        : type.GetString();
}
