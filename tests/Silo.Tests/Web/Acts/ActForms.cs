using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace TownReform.Silo.Tests.Web.Acts;

/// <summary>Forms as procedure data asks for them, and as browsers send them.</summary>
internal static class ActForms
{
    public static ListedField Field(FieldType type, bool needed = false, params string[] values) =>
        new(
            Name: type.ToString().ToLowerInvariant(),
            Label: new($"{type}栏", $"the {type}"),
            Needed: needed,
            Expected: new("某种格式", "some form"),
            Values: [.. values],
            Type: type,
            Choices: [.. values.Select(value => new ListedName(value, new($"名{value}", $"name of {value}")))]
        );

    /// <summary>One field of every type.</summary>
    public static ImmutableArray<ListedField> All { get; } =
    [
        .. Enum.GetValues<FieldType>()
            .Select(type => type == FieldType.Choice ? Field(type, needed: true, "grant", "refuse") : Field(type, needed: true)),
    ];

    public static IFormCollection Sent(params (string Name, string Value)[] sent) =>
        new FormCollection(
            sent.GroupBy(pair => pair.Name).ToDictionary(pairs => pairs.Key, pairs => new StringValues([.. pairs.Select(p => p.Value)]))
        );
}
