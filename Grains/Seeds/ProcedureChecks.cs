using System.Collections.Immutable;
using TownReform.Grains.Matters;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Seeds;

/// <summary>That every name in a procedure is bound: steps, ends, fields, rules, effects, roles.</summary>
internal sealed class ProcedureChecks
{
    private readonly Entry root;
    private readonly SeedFile file;
    private readonly ProcedureVocabulary vocabulary;
    private readonly FaultLog faults;
    private readonly Dictionary<string, Entry> fields;
    private readonly HashSet<string> steps;
    private readonly HashSet<string> places;

    private ProcedureChecks(Entry root, SeedFile file, ProcedureVocabulary vocabulary, FaultLog faults)
    {
        (this.root, this.file, this.vocabulary, this.faults) = (root, file, vocabulary, faults);
        fields = (root.Find("fields")?.Pairs ?? []).ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal);
        steps = [.. root["steps"].Pairs.Select(s => s.Name)];
        places = [.. steps, .. root["ends"].Pairs.Select(e => e.Name)];
    }

    public static void All(Entry root, SeedFile file, ProcedureVocabulary vocabulary, FaultLog faults)
    {
        var before = faults.Count;
        var checks = new ProcedureChecks(root, file, vocabulary, faults);
        checks.Head();
        checks.Fields();
        ProcedureCharges.Check(root, file, faults);
        foreach (var (code, _, step) in root["steps"].Pairs)
        {
            checks.Step($"steps.{code}", step);
        }

        checks.Acts("anywhere", root.Find("anywhere"));

        // Ways are followed only when every step that they lead to exists.
        if (faults.Count == before)
        {
            ProcedureWays.Check(root, file, faults);
            ProcedureReads.Check(root, file, faults);
        }

        // After what rules read, which says better what is wrong with a field.
        if (faults.Count == before)
        {
            checks.OneSubject();
            checks.Finding();
        }
    }

    private void Head()
    {
        var (named, at) = file.Stem.IndexOf('@', StringComparison.Ordinal) is var mark and >= 0
            ? (file.Stem[..mark], file.Stem[(mark + 1)..])
            : (file.Stem, null);
        Bound(root["procedure"], "procedure", named == root["procedure"].Text, $"the file's name {named}");
        Bound(root["version"], "version", at is null || at == root["version"].Text, $"the version in the file's name, {at}");
        if (root.Find("law") is { } law && vocabulary.Law is { } book)
        {
            Bound(law, "law", book.Statutes.Any(s => s.Code == law.Text), "a file of seeds/law");
        }

        Figures(root.Find("promise"), "promise", FigureChecks.Days);
        Bound(root["start"], "start", steps.Contains(root["start"].Text), "a step");
        foreach (var (code, line, _) in root["ends"].Pairs.Where(e => steps.Contains(e.Name)))
        {
            faults.Add(file.Path, line, $"ends.{code}", "a code that no step has", $"'{code}'");
        }

        Each(root, "opened_by", "opened_by", Role, "a role of the towns' staff, or public, county, system, staff");
        if (root.Find("open") is { } open)
        {
            Names("open", open);
        }
    }

    private void OneSubject()
    {
        var kinds = root.Texts("kinds");
        Bound(
            root["kinds"].Items.First(),
            "kinds",
            kinds.All(kind => Subject.Of([kind]) == Subject.Of(kinds)),
            "kinds of one subject: of items, or staff, or power"
        );
    }

    private void Fields()
    {
        foreach (var (name, field) in fields)
        {
            var choice = field["type"].Text == "choice";
            if (choice != field.Find("values").HasValue)
            {
                Bound(
                    field["type"],
                    $"fields.{name}.values",
                    false,
                    choice ? "the values of the choice" : "no values, since only a choice has them"
                );
            }
        }
    }

    private void Step(string path, Entry step)
    {
        if (step.Find("role") is { } role)
        {
            Bound(role, $"{path}.role", Role(role.Text), "a role of the towns' staff, or public, county, system, staff");
        }

        Each(step, "separate_from", path, steps.Contains, "a step");
        Figures(step.Find("limit"), $"{path}.limit", FigureChecks.Days);
        Figures(step.Find("hands"), $"{path}.hands", FigureChecks.People);
        Together(path, step);
        if (step.Find("limit_field") is { } last)
        {
            Bound(
                last,
                $"{path}.limit_field",
                fields.TryGetValue(last.Text, out var field) && field["type"].Text == "date",
                "a declared field of type date"
            );
        }

        if (step.Find("on_expiry") is { } expiry)
        {
            Bound(expiry, $"{path}.on_expiry", step["acts"].Find(expiry.Text).HasValue, "an act of this step");
            Bound(
                expiry,
                $"{path}.on_expiry",
                step.Find("limit").HasValue || step.Find("limit_field").HasValue,
                "a limit or limit_field that can pass"
            );
        }

        Acts($"{path}.acts", step["acts"]);
        foreach (var (code, _, act) in step["acts"].Pairs.Where(a => a.Value.Find("stays") is { Flag: true }))
        {
            Bound(act["to"], $"{path}.acts.{code}.to", path == $"steps.{act["to"].Text}", "this step itself, where the case stays");
        }
    }

    // How cases are found in lists, where steps are done, who owns a case.
    private void Finding()
    {
        Each(
            root,
            "labels",
            "labels",
            name => fields.ContainsKey(name) || MatterLibrary.Labels.ContainsKey(name),
            "a declared field, or a label that the code has"
        );
        if (root["steps"].Pairs.Any(s => s.Value["at"].Text == "owner"))
        {
            Each(
                root,
                "opened_by",
                "opened_by",
                who => !OutsideRoles.Apart.Contains(who),
                "the town's own people, since one of them owns the case"
            );
        }

        foreach (var (code, _, step) in root["steps"].Pairs)
        {
            Place($"steps.{code}", step);
            foreach (var (act, _, entry) in step["acts"].Pairs)
            {
                if (entry.Find("owner") is { } owner)
                {
                    var isStaff = fields.TryGetValue(owner.Text, out var field) && field["type"].Text == "staff";
                    Bound(owner, $"steps.{code}.acts.{act}.owner", isStaff, "a declared field of type staff");
                }
            }
        }
    }

    private void Place(string path, Entry step)
    {
        var at = step["at"];
        var place = Rules.Cases.Place.Parse(at.Text);
        var field = place.Kind == PlaceKind.Field && fields.TryGetValue(place.Name, out var found) ? found["type"].Text : null;
        var isOfPerson = place.Kind is PlaceKind.Owner or PlaceKind.Subject || field == "staff";
        Bound(at, $"{path}.at", place.Kind != PlaceKind.Field || field is "staff" or "body", "a declared field of type staff or body");
        Bound(
            at,
            $"{path}.at",
            (place.Needs & ~Subject.OffersOf(root.Texts("kinds"))) == RuleSubject.Any,
            place.Needs == RuleSubject.Person ? "a procedure about staff" : "a procedure about items"
        );
        if (!isOfPerson && !step.Find("role").HasValue)
        {
            Bound(at, $"{path}.role", false, "the role that does it, since the place is nobody's own");
        }
    }

    private void Acts(string path, Entry? acts)
    {
        foreach (var (code, _, act) in acts?.Pairs ?? [])
        {
            var at = $"{path}.{code}";
            Bound(act["to"], at, code != ReassignRules.Act, "another code, since every procedure has this act");
            Bound(act["to"], $"{at}.to", places.Contains(act["to"].Text), "a step or an end");
            Each(act, "by", at, Role, "a role of the towns' staff, or public, county, system, staff");
            Each(act, "effects", at, vocabulary.Effects.Contains, "an effect that the code has");
            Names(at, act);
            Figures(act.Find("extends"), $"{at}.extends", FigureChecks.Days);
            if (act.Find("clock") is { Text: "extend" } != act.Find("extends").HasValue)
            {
                Bound(act["to"], $"{at}.extends", false, "the figure that lengthens the limit, together with clock: extend");
            }

            if (act.Find("batch") is { Flag: true } batch)
            {
                Bound(batch, $"{at}.batch", IsForMany(act), "an act that decides nothing and needs no fields");
            }

            foreach (var (name, line, values) in act.Find("when")?.Pairs ?? [])
            {
                When(at, name, line, values);
            }
        }
    }

    // What is filled in differs from case to case, and whoever decides looks at each.
    private static bool IsForMany(Entry act) => act.Find("decides") is not { Flag: true } && act.Texts("needs").IsEmpty;

    private void Figures(Entry? named, string path, ImmutableArray<FigureUnit> units)
    {
        if (
            named is { } figures
            && FigureName.Read(figures.Text) is { IsEmpty: false } names
            && FigureChecks.Wrong(names, units, vocabulary.Law) is { } expected
        )
        {
            Bound(figures, path, false, expected);
        }
    }

    // Whoever does a step together with somebody names them, so that who was there is on the record.
    private void Together(string path, Entry step)
    {
        if (step.Find("hands") is not { } hands || FigureName.Read(hands.Text).IsEmpty)
        {
            return;
        }

        foreach (
            var (code, line, act) in step["acts"]
                .Pairs.Where(a =>
                    a.Value.Find("by") is null && !a.Value.Texts("needs").Concat(a.Value.Texts("takes")).Contains(ActorRules.With)
                )
        )
        {
            faults.Add(
                file.Path,
                line,
                $"{path}.acts.{code}",
                $"field '{ActorRules.With}' among needs or takes, since several may have to do this step"
            );
        }
    }

    private void When(string path, string name, int line, Entry values)
    {
        if (!fields.TryGetValue(name, out var field))
        {
            faults.Add(file.Path, line, $"{path}.when", "a declared field", $"'{name}'");
            return;
        }

        foreach (var value in values.Items.Where(_ => field.Find("values").HasValue))
        {
            Bound(value, $"{path}.when.{name}", field.Texts("values").Contains(value.Text), "a value of the choice");
        }
    }

    private void Names(string path, Entry asker)
    {
        Each(asker, "rules", path, vocabulary.Rules.Contains, "a rule that the code has");
        Each(asker, "needs", path, fields.ContainsKey, "a declared field");
        Each(asker, "takes", path, fields.ContainsKey, "a declared field");
    }

    private void Each(Entry parent, string key, string path, Func<string, bool> known, string expected)
    {
        foreach (var name in parent.Find(key)?.Items ?? [])
        {
            Bound(name, path == key ? key : $"{path}.{key}", known(name.Text), expected);
        }
    }

    private void Bound(Entry name, string path, bool bound, string expected)
    {
        if (!bound)
        {
            faults.Add(file.Path, name.Line, path, expected, $"'{name.Text}'");
        }
    }

    private bool Role(string role) => vocabulary.Roles?.Contains(role) ?? true;
}
