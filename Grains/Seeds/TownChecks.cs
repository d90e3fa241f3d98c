using System.Globalization;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Seeds;

/// <summary>What must hold within a town's own file: organs (D1), posts (D2), duties, people, and names that point at each other.</summary>
[Clause("D1", "D2")]
internal sealed class TownChecks
{
    private readonly Entry root;
    private readonly SeedFile file;
    private readonly FaultLog faults;
    private readonly HashSet<string> organs;
    private readonly HashSet<string> departments;

    private TownChecks(Entry root, SeedFile file, FaultLog faults)
    {
        (this.root, this.file, this.faults) = (root, file, faults);
        organs = Codes("organs");
        departments = root.Texts("county_departments").ToHashSet(StringComparer.Ordinal);
    }

    /// <param name="county">Null when its file is missing or broken.</param>
    public static void All(Entry root, SeedFile file, County? county, FaultLog faults)
    {
        var checks = new TownChecks(root, file, faults);
        checks.Profile();
        checks.OrganNumbers();
        checks.CodesApart();
        checks.Duties();
        checks.Above(county);
        checks.StationedBodies();
        checks.Staffing();
        checks.Posts();
        checks.MinimumPresent();
    }

    private void Profile()
    {
        if (root["code"].Text != file.Stem)
        {
            Fault(root["code"], "code", $"the file's name {file.Stem}");
        }
    }

    // An actor names an office by its code alone, so the town's and the county's must not be confused.
    private void CodesApart()
    {
        foreach (var organ in root["organs"].Items.Where(o => departments.Contains(o["code"].Text)))
        {
            Fault(organ["code"], "organs.code", "a code that no department above the town has");
        }
    }

    private void OrganNumbers()
    {
        var plan = root["establishment"];
        foreach (var (key, organClass) in new[] { ("party_government_organs", "administrative"), ("institutions", "institution") })
        {
            var count = root["organs"].Items.Count(o => o["class"].Text == organClass);
            if (count != plan[key].Whole)
            {
                faults.Add(
                    file.Path,
                    root["organs"].Line,
                    "organs",
                    $"{plan[key].Text} of class {organClass}, as the plan says (D1)",
                    Number(count)
                );
            }
        }
    }

    private void Duties()
    {
        var carriers = root["organs"]
            .Items.SelectMany(carrier => carrier.Find("duties")?.Items ?? [])
            .ToLookup(duty => duty.Text, StringComparer.Ordinal);
        foreach (var missing in DutyCodes.Town.Where(duty => !carriers.Contains(duty)))
        {
            faults.Add(file.Path, root["organs"].Line, "organs.duties", $"an entry that carries the duty '{missing}'");
        }

        foreach (var second in carriers.SelectMany(carrier => carrier.Skip(1)))
        {
            Fault(second, "organs.duties", "each duty to be carried once");
        }
    }

    // The departments above the town are the county's own; the town only says which of them stand above it.
    private void Above(County? county)
    {
        var named = root["county_departments"].Items.ToArray();
        foreach (var second in named.GroupBy(d => d.Text).SelectMany(same => same.Skip(1)))
        {
            Fault(second, "county_departments", "each department once");
        }

        if (county is null)
        {
            Fault(root["county"], "county", "the name of a sound file in counties");
            return;
        }

        foreach (var unknown in named.Where(d => county.Department(d.Text) is null))
        {
            Fault(unknown, "county_departments", $"a code of departments in counties/{county.Code}.yaml");
        }

        foreach (var duty in DutyCodes.County)
        {
            var carriers = county
                .Departments.Where(d => departments.Contains(d.Code) && d.Duties.Contains(duty))
                .Select(d => d.Code)
                .ToArray();
            if (carriers.Length != 1)
            {
                faults.Add(
                    file.Path,
                    root["county_departments"].Line,
                    "county_departments",
                    $"one department that carries the duty '{duty}' in counties/{county.Code}.yaml",
                    carriers.Length == 0 ? null : string.Join(", ", carriers)
                );
            }
        }
    }

    private void StationedBodies()
    {
        Codes("stationed");
        foreach (var body in root["stationed"].Items)
        {
            Known(body["department"], "stationed.department", departments, "county_departments");
            Known(body["works_in"], "stationed.works_in", organs, "organs");
            NotAfterPlan(body["since"], "stationed.since");
        }

        Numbers("stationed", "officers");
    }

    private void Staffing()
    {
        foreach (var group in root["staffing"].Items)
        {
            Known(group["organ"], "staffing.organ", organs, "organs");
            NotAfterPlan(group["since"], "staffing.since");
            if (group["civil_servant"].Flag && group["class"].Text != "administrative")
            {
                Fault(group["class"], "staffing.class", "administrative, since civil servants hold administrative posts");
            }

            foreach (var key in new[] { "probation_until", "agreement_until" })
            {
                if (group.Find(key) is { } until && until.Date < group["since"].Date)
                {
                    Fault(until, $"staffing.{key}", $"a day not before {group["since"].Text}");
                }
            }
        }

        Numbers("staffing", "count");
    }

    private void Posts()
    {
        foreach (var (key, postClass) in new[] { ("administrative_posts", "administrative"), ("institution_posts", "institution") })
        {
            var held = root["staffing"].Items.Where(g => g["class"].Text == postClass).Sum(g => g["count"].Whole);
            if (held > root["establishment"][key].Whole)
            {
                faults.Add(
                    file.Path,
                    root["staffing"].Line,
                    "staffing",
                    $"at most {root["establishment"][key].Text} people on {postClass} posts (D2)",
                    Number(held)
                );
            }
        }
    }

    private void MinimumPresent()
    {
        foreach (var organ in root["organs"].Items)
        {
            var people = root["staffing"].Items.Where(g => g["organ"].Text == organ["code"].Text).Sum(g => g["count"].Whole);
            if (organ["minimum_present"].Whole > people)
            {
                Fault(organ["minimum_present"], "organs.minimum_present", $"no more than the organ's {people} people");
            }
        }
    }

    private HashSet<string> Codes(string list)
    {
        var codes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in root[list].Items.Where(entry => !codes.Add(entry["code"].Text)))
        {
            Fault(entry["code"], $"{list}.code", "a code that no other entry has");
        }

        return codes;
    }

    private void Numbers(string list, string size)
    {
        var taken = new HashSet<int>();
        foreach (var group in root[list].Items)
        {
            foreach (var number in StaffTable.Numbers(group, size).Where(number => !taken.Add(number)))
            {
                faults.Add(file.Path, group["first"].Line, $"{list}.first", "numbers that no other group has", Number(number));
            }
        }
    }

    private void Known(Entry name, string field, HashSet<string> codes, string list)
    {
        if (!codes.Contains(name.Text))
        {
            Fault(name, field, $"a code of {list}");
        }
    }

    private void NotAfterPlan(Entry day, string field)
    {
        if (day.Date > root["plan_date"].Date)
        {
            Fault(day, field, $"a day not after the plan's {root["plan_date"].Text}");
        }
    }

    private void Fault(Entry entry, string field, string expected) => faults.Add(file.Path, entry.Line, field, expected, $"'{entry.Text}'");

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
