using System.Globalization;

namespace TownReform.Client.Simulation;

/// <summary>The name of a run's folder when nobody gives one: runs that differ in an option lie in different folders.</summary>
internal static class RunFolderName
{
    private const int Longest = 60;

    public static string Of(SimulationOrder order)
    {
        var parts = new List<string>
        {
            string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(order.Scenario)}-{order.Seed}"),
        };
        parts.AddRange(order.Routes.OrderBy(r => r.Name, StringComparer.Ordinal).Select(r => $"{r.Name}-{r.Value}"));
        AddFactor(parts, "demand", order.DemandScale);
        AddFactor(parts, "pace", order.Pace);
        parts.AddRange(order.Changes.Select(c => Plain($"{c.Name}-{c.Value}")));
        if (order.Replications > 1)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"x{order.Replications}"));
        }

        return string.Join('_', parts);
    }

    // A value may be a whole list; a folder's name has letters, digits and few signs.
    private static string Plain(string change)
    {
        var plain = string.Concat(change.Select(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '+' ? c : '-'));
        return plain.Length <= Longest ? plain : plain[..Longest];
    }

    private static void AddFactor(List<string> parts, string name, double? factor)
    {
        if (factor is { } given)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{name}-{given}"));
        }
    }
}
