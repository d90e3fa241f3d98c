using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace TownReform.Grains.Seeds.Reading;

/// <summary>One word of YAML: text, code, number, date and so on.</summary>
/// <param name="Expected">For the fault's reader: what the value must be.</param>
internal sealed record ScalarType(string Expected, Func<string, bool> Accepts, bool PlainOnly, Func<JsonObject> Describe) : SeedType
{
    public static ScalarType Text { get; } =
        new("text", value => value.Length > 0, false, () => new() { ["type"] = "string", ["minLength"] = 1 });

    public static ScalarType Code { get; } = Pattern("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "a code of lower-case words joined by '-'");

    public static ScalarType FieldName { get; } = Pattern("^[a-z][a-z0-9]*([_-][a-z0-9]+)*$", "a name in lower case");

    public static ScalarType Limit { get; } =
        Pattern("^[1-9][0-9]{0,3}(wd|cd)$", "a limit such as 5wd (working days) or 90cd (calendar days)");

    public static ScalarType Flag { get; } =
        new("true or false", value => value is "true" or "false", true, () => new() { ["type"] = "boolean" });

    public static ScalarType Date { get; } =
        new("a date as yyyy-MM-dd", value => TryDate(value, out _), false, () => new() { ["type"] = "string", ["format"] = "date" });

    public static ScalarType Number { get; } = new("a number", value => TryAmount(value, out _), true, () => new() { ["type"] = "number" });

    public static ScalarType Fraction { get; } =
        new(
            "a fraction from 0 to 1",
            value => TryAmount(value, out var amount) && amount is >= 0 and <= 1,
            true,
            () =>
                new()
                {
                    ["type"] = "number",
                    ["minimum"] = 0,
                    ["maximum"] = 1,
                }
        );

    /// <summary>A quantity within reason: what it counts and in which unit, and from where to where. What lies beyond is a slip of the
    /// keyboard.</summary>
    /// <param name="what">Quantity and unit, for the fault's reader: "minutes", "cases a year".</param>
    public static ScalarType Quantity(string what, decimal least, decimal most) =>
        new(
            string.Create(CultureInfo.InvariantCulture, $"{what}, a number from {least} to {most:#,0.######}"),
            value => TryAmount(value, out var amount) && amount >= least && amount <= most,
            true,
            () =>
                new()
                {
                    ["type"] = "number",
                    ["minimum"] = least,
                    ["maximum"] = most,
                }
        );

    /// <summary>As <see cref="Quantity"/>, without fractions.</summary>
    public static ScalarType WholeQuantity(string what, int least, int most) =>
        new(
            string.Create(CultureInfo.InvariantCulture, $"{what}, a whole number from {least} to {most:#,0}"),
            value =>
                int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most,
            true,
            () =>
                new()
                {
                    ["type"] = "integer",
                    ["minimum"] = least,
                    ["maximum"] = most,
                }
        );

    public static ScalarType Whole(int least) =>
        new(
            $"a whole number, at least {least}",
            value => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least,
            true,
            () => new() { ["type"] = "integer", ["minimum"] = least }
        );

    public static ScalarType OneOf(params string[] values) =>
        new(
            $"one of {string.Join(", ", values)}",
            values.Contains,
            false,
            () => new() { ["enum"] = new JsonArray([.. values.Select(v => (JsonNode)v)]) }
        );

    public static ScalarType Pattern(string pattern, string expected)
    {
        var regex = new Regex(pattern, RegexOptions.CultureInvariant);
        // "$" would let a line end behind the value pass.
        return new(
            expected,
            value => !value.EndsWith('\n') && regex.IsMatch(value),
            false,
            () => new() { ["type"] = "string", ["pattern"] = pattern }
        );
    }

    public static bool TryDate(string value, out DateOnly date) =>
        DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    public static bool TryAmount(string value, out decimal amount) =>
        decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out amount);

    public override void Check(YamlNode node, Spot at)
    {
        // A quoted number is text to every YAML reader, so it isn't taken for a number here either.
        if (node is not YamlScalarNode { Value: { } value } scalar || !Accepts(value) || (PlainOnly && scalar.Style != ScalarStyle.Plain))
        {
            at.Fault(node, Expected);
        }
    }

    public override JsonObject Schema(JsonObject definitions) => Describe();
}
