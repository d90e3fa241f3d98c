using System.Collections.Frozen;
using System.Collections.Immutable;
using TownReform.Grains.Matters;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Seeds;

/// <summary>Names that a procedure may use: of rules and effects that the code has, and of roles.</summary>
/// <param name="Roles">Roles of the towns' people and those of <see cref="OutsideRoles"/>; null when a town is broken, so that roles can't
/// be told.</param>
/// <param name="Law">Figures that limits and numbers of hands may name; null when the law's own files are broken.</param>
public sealed record ProcedureVocabulary(
    IReadOnlySet<string> Rules,
    IReadOnlySet<string> Effects,
    IReadOnlySet<string>? Roles,
    LawBook? Law = null
);

/// <summary>Reads <c>seeds/procedures/*.yaml</c>; a procedure is checked whole before anything of it runs.</summary>
public static class ProcedureLoader
{
    private const string Outside = "outside";

    /// <summary>Loads all procedures of a seeds folder.</summary>
    /// <exception cref="SeedException">With every fault found.</exception>
    public static FrozenDictionary<string, Procedure> Load(string folder, ProcedureVocabulary vocabulary)
    {
        var faults = new FaultLog();
        var procedures = Load(new SeedFolder(folder, faults), vocabulary);
        faults.ThrowIfAny();
        return procedures.Where(p => !IsEarlier(p.Key)).ToFrozenDictionary(p => p.Key, p => p.Value.Procedure, StringComparer.Ordinal);
    }

    /// <summary>Whether a file's stem is that of an earlier version, as in <c>permit@1.yaml</c>.</summary>
    internal static bool IsEarlier(string stem) => stem.Contains('@', StringComparison.Ordinal);

    /// <returns>By the stem of the file: <c>permit</c>, <c>permit@1</c>.</returns>
    internal static Dictionary<string, (Procedure Procedure, Entry Root, string Path)> Load(
        SeedFolder folder,
        ProcedureVocabulary vocabulary
    )
    {
        var faults = folder.Faults;
        var procedures = new Dictionary<string, (Procedure, Entry, string)>(StringComparer.Ordinal);
        foreach (var path in folder.List("procedures", ".yaml"))
        {
            if (folder.Read(path) is not { } file || folder.Parse(file, ProcedureShape.Root) is not { } root)
            {
                continue;
            }

            var before = faults.Count;
            ProcedureChecks.All(root, file, vocabulary, faults);
            if (faults.Count == before)
            {
                procedures.Add(file.Stem, (Read(root) with { Hash = folder.HashOf(path)! }, root, path));
            }
        }

        foreach (var (procedure, root, path) in procedures.Where(p => IsEarlier(p.Key)).Select(p => p.Value))
        {
            if (procedures.TryGetValue(procedure.Code, out var current) && current.Item1.Version <= procedure.Version)
            {
                faults.Add(
                    path,
                    root["version"].Line,
                    "version",
                    $"a version below that of procedures/{procedure.Code}.yaml, {current.Item1.Version}",
                    $"'{procedure.Version}'"
                );
            }
        }

        return procedures;
    }

    private static Procedure Read(Entry root)
    {
        var open = root.Find("open");
        return Gathers(
            new()
            {
                Code = root["procedure"].Text,
                Version = root["version"].Whole,
                Name = root["name"].Words,
                Kinds = root.Texts("kinds"),
                Route = root["route"].Text,
                Start = root["start"].Text,
                OpenedBy = root.Texts("opened_by"),
                OpenRules = open?.Texts("rules") ?? [],
                OpenNeeds = open?.Texts("needs") ?? [],
                OpenTakes = open?.Texts("takes") ?? [],
                Fields = Map(root.Find("fields"), Field),
                Steps = Map(root["steps"], Step),
                Ends = Map(root["ends"], End),
                Anywhere = Map(root.Find("anywhere"), ActReading.Act),
                Law = root.Find("law")?.Text,
                OpenAsks = ActReading.Asked(open),
                Promise = ActReading.Limit(root.Find("promise")),
                OpenStartsClock = open?.Find("clock") is not null,
                Charges = root.Find("charges")?.Flag ?? false,
                Labels = [.. root.Texts("labels").Select(Label)],
                Declared = MatterLibrary.Procedures.GetValueOrDefault(root["procedure"].Text, DeclaredProcedure.None),
            }
        );
    }

    // The place to which an act leads needs whoever is to be found there, and a new owner somebody who can be.
    private static Procedure Gathers(Procedure procedure)
    {
        ActRule With(ActRule act)
        {
            var place = procedure.Steps.GetValueOrDefault(act.To)?.At ?? default;
            IEnumerable<string?> named = [act.Owner, place.Kind == PlaceKind.Field && place.IsOfPerson(procedure) ? place.Name : null];
            return act with
            {
                Facts =
                    act.Facts
                    | (place.Kind == PlaceKind.Owner ? FactNeeds.Owner : FactNeeds.None)
                    | (place.Kind == PlaceKind.Subject ? FactNeeds.Person : FactNeeds.None),
                People = [.. act.People.Concat(named.OfType<string>()).Distinct(StringComparer.Ordinal)],
            };
        }

        FrozenDictionary<string, ActRule> Acts(FrozenDictionary<string, ActRule> acts) =>
            acts.ToFrozenDictionary(a => a.Key, a => With(a.Value), StringComparer.Ordinal);

        return procedure with
        {
            Anywhere = Acts(procedure.Anywhere),
            Steps = procedure.Steps.ToFrozenDictionary(s => s.Key, s => s.Value with { Acts = Acts(s.Value.Acts) }, StringComparer.Ordinal),
        };
    }

    private static CaseLabelRule Label(string name) =>
        MatterLibrary.Labels.GetValueOrDefault(name) ?? new CaseLabelRule(name, file => file.Value(name));

    private static FieldRule Field(string name, Entry field) =>
        new(name, EnumCodes.Parse<FieldType>(field["type"].Text), field["name"].Words, field.Texts("values"));

    private static StepRule Step(string code, Entry step) =>
        new()
        {
            Code = code,
            Name = step["name"].Words,
            At = Place.Parse(step["at"].Text),
            Role = step.Find("role")?.Text ?? OutsideRoles.Staff,
            Hands = Hands(step),
            Certificates = step.Texts("certificates"),
            SeparateFrom = step.Texts("separate_from"),
            Limit = ActReading.Limit(step.Find("limit")),
            LimitField = step.Find("limit_field")?.Text,
            OnExpiry = step.Find("on_expiry")?.Text,
            Work = step.Find("work")?.Text,
            Acts = Map(step["acts"], ActReading.Act),
            NextWorkingDay = (step.Find("next_working_day")?.Flag ?? false) || step.Find("role")?.Text == OutsideRoles.Public,
        };

    private static HandsRule Hands(Entry step) =>
        step.Find("hands") switch
        {
            { Text: "0" } => HandsRule.None,
            { Text: "1" } => HandsRule.One,
            { } named => new(0, FigureName.Read(named.Text)),
            null => step["at"].Text == Outside ? HandsRule.None : HandsRule.One,
        };

    private static EndRule End(string code, Entry end) =>
        new(code, end["name"].Words, EnumCodes.Parse<Disposition>(end["disposition"].Text), end.Find("granted")?.Flag ?? false);

    private static FrozenDictionary<string, T> Map<T>(Entry? map, Func<string, Entry, T> read) =>
        map is { } entries
            ? entries.Pairs.ToFrozenDictionary(p => p.Name, p => read(p.Name, p.Value), StringComparer.Ordinal)
            : FrozenDictionary<string, T>.Empty;
}
