using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.OpenApi;

namespace TownReform.Silo.Api.Conventions;

/// <summary>A value of an enum in an address, by the name that it has in JSON. The framework's own reading takes numbers, and names in
/// another case.</summary>
internal readonly record struct Named<T>(T Value) : IParsable<Named<T>>
    where T : struct, Enum
{
    private static readonly Dictionary<string, T> Values = Enum.GetValues<T>()
        .ToDictionary(value => JsonNamingPolicy.CamelCase.ConvertName($"{value}"), StringComparer.Ordinal);

    public static IEnumerable<string> Names => Values.Keys;

    public static Named<T> Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var read) ? read : throw new FormatException(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Named<T> result)
    {
        var known = Values.TryGetValue(s ?? "", out var value);
        result = new(value);
        return known;
    }
}

/// <summary>Has the description of the API list the names of such a value.</summary>
internal static class NamedDescription
{
    public static void Describe(OpenApiOperation operation, ApiDescription api)
    {
        foreach (var parameter in api.ParameterDescriptions)
        {
            var type = Nullable.GetUnderlyingType(parameter.Type) ?? parameter.Type;
            if (
                type.IsGenericType
                && type.GetGenericTypeDefinition() == typeof(Named<>)
                && operation.Parameters?.FirstOrDefault(known => known.Name == parameter.Name) is OpenApiParameter described
            )
            {
                var names = Enum.GetNames(type.GetGenericArguments()[0]).Select(JsonNamingPolicy.CamelCase.ConvertName);
                described.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. names.Select(name => (JsonNode)name)] };
            }
        }
    }
}
