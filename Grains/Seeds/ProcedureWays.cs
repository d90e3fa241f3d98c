using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Seeds;

/// <summary>That a case can get everywhere and always get out: nothing unreachable, no dead end (A3: a received case can never be
/// dropped).</summary>
internal static class ProcedureWays
{
    public static void Check(Entry root, SeedFile file, FaultLog faults)
    {
        var anywhere = Targets(root.Find("anywhere")).ToArray();
        var ways = root["steps"].Pairs.ToDictionary(s => s.Name, s => Targets(s.Value["acts"]).ToArray(), StringComparer.Ordinal);

        var reached = Spread([root["start"].Text], from => ways.TryGetValue(from, out var to) ? to.Concat(anywhere) : []);
        foreach (var (code, line, _) in root["steps"].Pairs.Concat(root["ends"].Pairs).Where(p => !reached.Contains(p.Name)))
        {
            faults.Add(file.Path, line, code, "a way that leads here from the start");
        }

        // Acts possible anywhere, such as withdrawing, don't count: a step must lead on by itself.
        var backwards = ways.SelectMany(step => step.Value.Select(to => (From: step.Key, To: to)))
            .ToLookup(way => way.To, way => way.From, StringComparer.Ordinal);
        var leadsOut = Spread(root["ends"].Pairs.Select(e => e.Name), to => backwards[to]);
        foreach (var (code, line, _) in root["steps"].Pairs.Where(s => !leadsOut.Contains(s.Name)))
        {
            faults.Add(file.Path, line, $"steps.{code}", "a way that leads from here to an end");
        }
    }

    private static IEnumerable<string> Targets(Entry? acts) => acts?.Pairs.Select(a => a.Value["to"].Text) ?? [];

    private static HashSet<string> Spread(IEnumerable<string> from, Func<string, IEnumerable<string>> next)
    {
        var reached = new HashSet<string>(from, StringComparer.Ordinal);
        var open = new Queue<string>(reached);
        while (open.TryDequeue(out var place))
        {
            foreach (var further in next(place).Where(reached.Add))
            {
                open.Enqueue(further);
            }
        }

        return reached;
    }
}
