using System.Text;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Simulation.Scenarios;

/// <summary>The text of a new scenario that extends another: a few lines, with what one is likely to change as remarks. Pure.</summary>
public static class NewScenario
{
    /// <summary>Where a town's demand lies in the seeds.</summary>
    public static string Demand(string town) => $"scenarios/demand-{town}.csv";

    /// <param name="from">Code of the scenario that it extends, or its path.</param>
    /// <param name="towns">Towns that take part; null as in the other.</param>
    /// <param name="folder">Where it is going to lie.</param>
    /// <exception cref="SeedException">The other scenario is broken.</exception>
    public static string Text(SeedLibrary seeds, string code, string from, IReadOnlyCollection<string>? towns, string folder)
    {
        var other = ScenarioLoader.Load(seeds, from);
        var named = ScenarioLoader.IsFile(from) ? Path.GetRelativePath(folder, Path.GetFullPath(from)).Replace('\\', '/') : from;
        var text = new StringBuilder();
        text.Append($"scenario: {code}\nname: {{zh: {code}, en: {code}}}\nextends: {named}\n");
        var took = other.Towns.Select(t => t.Town).ToArray();
        if (towns is not null && !took.ToHashSet().SetEquals(towns))
        {
            text.Append("towns:\n");
            foreach (var gone in took.Except(towns))
            {
                text.Append($"  {gone}:\n");
            }

            foreach (var more in towns.Except(took))
            {
                var demand = Path.GetRelativePath(folder, Path.GetFullPath(Path.Combine(seeds.Folder, Demand(more))));
                text.Append($"  {more}: {demand.Replace('\\', '/')}\n");
            }

            text.Append("# Changes of powers name towns and items; those of the other scenario are left out.\nadjustments: []\n");
        }

        var town = (towns ?? took).First();
        text.Append("# What may be changed here: docs/simulating.md. For example:\n")
            .Append($"# people: {{{town}: {{{seeds.Towns[town].OrganFor("service").Code}: {{window: -2}}}}}}\n")
            .Append($"# season: [{{from: {other.From:O}, until: {other.From.AddDays(10):O}, factor: 2.5, kinds: [permit]}}]\n")
            .Append($"# closed: [{{from: {other.From:O}, until: {other.From.AddDays(10):O}, towns: [{town}], remote_share: 0.4}}]\n")
            .Append("# target: 0.95\n");
        return text.ToString();
    }
}
