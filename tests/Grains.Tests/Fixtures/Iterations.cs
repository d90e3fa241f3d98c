using System.Globalization;

namespace TownReform.Grains.Tests.Fixtures;

/// <summary>How often random tests try. <c>TOWNREFORM_TEST_MORE=20</c> makes them try twenty times as often, and with seeds of their own,
/// for a long run.</summary>
internal static class Iterations
{
    public const string Variable = "TOWNREFORM_TEST_MORE";

    private static readonly int More =
        int.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out var more)
        && more > 1
            ? more
            : 1;

    public static int Of(int usual) => usual * More;

    /// <summary>The seed of the usual run; none in a long one, which tells the seed of what it finds.</summary>
    public static string? Seed(string usual) => More > 1 ? null : usual;
}
