using System.Collections.Immutable;
using System.Globalization;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Simulation.Scenarios;

/// <summary>What a scenario changes of the towns: people who are there to be taken, days and items that there are.</summary>
internal sealed class WhatIfChecks(Entry root, string path, SeedLibrary seeds, FaultLog faults)
{
    private DateOnly From => root["from"].Date;

    public void All()
    {
        foreach (var (town, line, offices) in PairsOf("people"))
        {
            if (Town("people", town, line) is { } plan)
            {
                People(plan, offices);
            }
        }

        foreach (var (town, line, items) in PairsOf("kept_by_county"))
        {
            if (Town("kept_by_county", town, line) is { } plan)
            {
                Items("kept_by_county", items, [plan]);
            }
        }

        foreach (var season in ItemsOf("season"))
        {
            Span("season", season);
            var towns = TownsOf("season", season);
            if (season.Find("items") is { } items)
            {
                Items("season.items", items, towns);
            }
        }

        foreach (var closing in ItemsOf("closures"))
        {
            Span("closures", closing);
            foreach (var plan in TownsOf("closures", closing))
            {
                if (closing.Find("office") is { } office && !IsOffice(plan, office.Text))
                {
                    faults.Add(path, office.Line, "closures.office", $"one of the offices {Listed(Offices(plan))}", $"'{office.Text}'");
                }
            }
        }
    }

    private IEnumerable<(string Name, int Line, Entry Value)> PairsOf(string key) => root.Find(key)?.Pairs ?? [];

    private IEnumerable<Entry> ItemsOf(string key) => root.Find(key)?.Items ?? [];

    private TownPlan? Town(string field, string town, int line)
    {
        if (root["towns"].Find(town) is not null && seeds.Towns.TryGetValue(town, out var plan))
        {
            return plan;
        }

        faults.Add(path, line, field, $"one of the towns {Listed(root["towns"].Pairs.Select(t => t.Name))}", $"'{town}'");
        return null;
    }

    private TownPlan[] TownsOf(string field, Entry entry) =>
        entry.Find("towns") is { } named
            ? [.. named.Items.Select(t => Town($"{field}.towns", t.Text, t.Line)).OfType<TownPlan>()]
            : [.. root["towns"].Pairs.Select(t => seeds.Towns.GetValueOrDefault(t.Name)).OfType<TownPlan>()];

    private void Span(string field, Entry entry)
    {
        if (entry["until"].Date < entry["from"].Date)
        {
            faults.Add(path, entry["until"].Line, $"{field}.until", $"a day not before {entry["from"].Text}", $"'{entry["until"].Text}'");
        }
    }

    private void Items(string field, Entry items, TownPlan[] plans)
    {
        foreach (var item in items.Items.Where(item => !plans.Any(plan => plan.Items.ContainsKey(item.Text))))
        {
            faults.Add(path, item.Line, field, $"an item of {Listed(plans.Select(plan => plan.Code))}", $"'{item.Text}'");
        }
    }

    private void People(TownPlan plan, Entry offices)
    {
        var before = faults.Count;
        var wanted = new List<PeopleWanted>();
        foreach (var (office, line, roles) in offices.Pairs)
        {
            if (!IsOffice(plan, office))
            {
                faults.Add(path, line, $"people.{plan.Code}", $"one of the offices {Listed(Offices(plan))}", $"'{office}'");
                continue;
            }

            foreach (var (role, at, change) in roles.Pairs)
            {
                var one = new PeopleWanted(plan.Code, office, role, change.Text);
                wanted.Add(one);
                Role(plan, one, at);
            }
        }

        if (faults.Count == before)
        {
            Enough(plan, offices, wanted);
        }
    }

    private void Role(TownPlan plan, PeopleWanted wanted, int line)
    {
        var field = $"people.{plan.Code}.{wanted.Office}";
        var there = ChangedPeople.In(plan, wanted.Office, wanted.Role, From).Length;
        if (there == 0)
        {
            var roles = ChangedPeople.Roles(plan, wanted.Office, From);
            faults.Add(path, line, field, $"one of the roles that people have there, {Listed(roles)}", $"'{wanted.Role}'");
        }
        else if (wanted.From(there) < 0)
        {
            var least = string.Create(CultureInfo.InvariantCulture, $"at most -{there}, since {there} people are '{wanted.Role}' there");
            faults.Add(path, line, $"{field}.{wanted.Role}", least, $"'{wanted.Asked}'");
        }
    }

    // Who is left must be able to do each step, and who is added must have a post (D2).
    private void Enough(TownPlan plan, Entry offices, List<PeopleWanted> wanted)
    {
        var changed = ChangedPeople.Of(seeds, wanted, From).Seeds.Towns[plan.Code];
        foreach (var procedure in seeds.Procedures.Values.OrderBy(p => p.Code, StringComparer.Ordinal))
        {
            foreach (var lack in StaffLacks.Of(procedure, [changed], seeds.Law))
            {
                faults.Add(
                    path,
                    offices.Line,
                    $"people.{plan.Code}",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{lack.Needed} people as '{lack.Step.Role}' at {lack.Workplace}, for the step {lack.Step.Code} of {procedure.Code}"
                    ),
                    lack.People.ToString(CultureInfo.InvariantCulture)
                );
            }
        }

        Posts(changed, offices, PostClass.Administrative, changed.AdministrativePosts);
        Posts(changed, offices, PostClass.Institution, changed.InstitutionPosts);
    }

    private void Posts(TownPlan plan, Entry offices, PostClass kind, int approved)
    {
        var people = plan.Staff.Count(p => p.Class == kind);
        if (people > approved)
        {
            faults.Add(
                path,
                offices.Line,
                $"people.{plan.Code}",
                $"at most {approved} people on {EnumCodes.Of(kind)} posts (D2)",
                people.ToString(CultureInfo.InvariantCulture)
            );
        }
    }

    private static bool IsOffice(TownPlan plan, string office) => Offices(plan).Contains(office);

    /// <summary>The offices whose people a scenario may change.</summary>
    public static ImmutableArray<string> Offices(TownPlan plan) =>
        [.. plan.Organs.Select(o => o.Code), .. plan.CountyDepartments.Select(d => d.Code)];

    private static string Listed(IEnumerable<string> codes) => string.Join(", ", codes.Distinct().Order(StringComparer.Ordinal));
}
