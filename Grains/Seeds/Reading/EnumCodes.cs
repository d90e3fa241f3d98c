namespace TownReform.Grains.Seeds.Reading;

/// <summary>Values of an enum as seed files write them: StartAtReceipt is <c>start-at-receipt</c>.</summary>
internal static class EnumCodes
{
    public static string Of<T>(T value)
        where T : struct, Enum =>
        string.Concat(
            value
                .ToString()
                .Select((c, i) => char.IsAsciiLetterUpper(c) && i > 0 ? $"-{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}")
        );

    public static T Parse<T>(string code)
        where T : struct, Enum => Enum.Parse<T>(code.Replace("-", string.Empty, StringComparison.Ordinal), ignoreCase: true);
}
