using TownReform.Grains.Matters;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Seeds;

/// <summary>
/// That every rule and effect which a procedure names finds what it reads: the field by its very name and of its type, surely there by the
/// time that it is asked,
/// the item or person, and the limit of the step. A rule that finds nothing would let everything pass.
/// </summary>
internal sealed class ProcedureReads
{
    private readonly SeedFile file;
    private readonly FaultLog faults;
    private readonly Dictionary<string, Entry> fields;
    private readonly System.Collections.Immutable.ImmutableArray<string> kinds;
    private readonly RuleSubject offers;
    private readonly HashSet<string> everTaken;

    private ProcedureReads(Entry root, SeedFile file, FaultLog faults)
    {
        (this.file, this.faults) = (file, faults);
        fields = (root.Find("fields")?.Pairs ?? []).ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal);
        kinds = root.Texts("kinds");
        offers = Subject.OffersOf(kinds);
        everTaken = [.. Filled(root), .. Askers(root).SelectMany(a => a.Asker.Texts("needs").Concat(a.Asker.Texts("takes")))];
    }

    public static void Check(Entry root, SeedFile file, FaultLog faults)
    {
        var reads = new ProcedureReads(root, file, faults);
        var sure = Sure(root);
        foreach (var (path, step, asker) in Askers(root))
        {
            // Opening has its own fields only; an act of any step those of opening, and of its step those of every way that leads there.
            var before = step is null ? [.. root.Find("open")?.Texts("needs") ?? [], .. Filled(root)] : (IEnumerable<string>)sure[step];
            HashSet<string> there = [.. asker.Texts("needs"), .. before];
            foreach (var (name, list, needs, reader) in Readers(asker))
            {
                reads.Bind(
                    reads: needs,
                    reader: reader,
                    name: name,
                    path: $"{path}.{list}",
                    there: there,
                    asker: asker,
                    step: step is null ? null : root["steps"][step]
                );
            }
        }
    }

    // The rules and effects that an act or the opening names, with what each reads; of unknown names the loader tells elsewhere.
    private static IEnumerable<(Entry Name, string List, CaseReads Reads, string Reader)> Readers(Entry asker)
    {
        foreach (var name in asker.Find("rules")?.Items ?? [])
        {
            if (MatterLibrary.Rules.TryGetValue(name.Text, out var rule))
            {
                yield return (name, "rules", rule.Reads, $"'{rule.Name}' ({rule.Clause})");
            }
        }

        foreach (var name in asker.Find("effects")?.Items ?? [])
        {
            if (MatterLibrary.Effects.TryGetValue(name.Text, out var effect))
            {
                yield return (name, "effects", effect.Reads, $"'{effect.Name}'");
            }
        }
    }

    private void Bind(CaseReads reads, string reader, Entry name, string path, HashSet<string> there, Entry asker, Entry? step)
    {
        foreach (var read in reads.Fields)
        {
            if (Why(read, there, asker, path == "open.rules") is { } found)
            {
                faults.Add(
                    file.Path,
                    name.Line,
                    path,
                    $"the field '{read.Name}' of type {string.Join(" or ", read.Types.Select(EnumCodes.Of))}{Sureness(read)}, "
                        + $"which {reader} reads",
                    found
                );
            }
        }

        if ((reads.Subject & ~offers).HasFlag(RuleSubject.Item))
        {
            faults.Add(
                file.Path,
                name.Line,
                path,
                $"a procedure about items, since {reader} reads the item",
                $"kinds {string.Join(", ", kinds)}"
            );
        }

        if ((reads.Subject & ~offers).HasFlag(RuleSubject.Person))
        {
            faults.Add(
                file.Path,
                name.Line,
                path,
                $"a procedure about staff alone, since {reader} reads the person",
                $"kinds {string.Join(", ", kinds)}"
            );
        }

        if (reads.Subject.HasFlag(RuleSubject.StepLimit) && step?.Find("limit") is null)
        {
            faults.Add(file.Path, name.Line, path, $"a step with a limit, which {reader} reads", "none");
        }
    }

    private string? Why(FieldRead read, HashSet<string> there, Entry asker, bool opening)
    {
        if (!fields.TryGetValue(read.Name, out var field))
        {
            return read.When == ReadWhen.IfKnown ? null : "no such field";
        }

        // What only a later act can bring is no reading of this one; what opening reads, opening takes.
        var taken = opening ? asker.Texts("needs").Concat(asker.Texts("takes")).Contains(read.Name) : everTaken.Contains(read.Name);
        return !read.Types.Any(type => EnumCodes.Of(type) == field["type"].Text) ? $"type {field["type"].Text}"
            : read.When == ReadWhen.Always && !there.Contains(read.Name) ? "a way on which it is left out"
            : read.When == ReadWhen.Offered && !taken && !opening ? "a field that nothing takes"
            : null;
    }

    private static string Sureness(FieldRead read) => read.When == ReadWhen.Always ? ", needed by then on every way," : "";

    private static IEnumerable<(string Path, string? Step, Entry Asker)> Askers(Entry root)
    {
        if (root.Find("open") is { } open)
        {
            yield return ("open", null, open);
        }

        foreach (var (code, _, step) in root["steps"].Pairs)
        {
            foreach (var (act, _, entry) in step["acts"].Pairs)
            {
                yield return ($"steps.{code}.acts.{act}", code, entry);
            }
        }

        foreach (var (act, _, entry) in root.Find("anywhere")?.Pairs ?? [])
        {
            yield return ($"anywhere.{act}", null, entry);
        }
    }

    // What the town fills in itself when a case is opened.
    private static IEnumerable<string> Filled(Entry root) =>
        root.Find("charges")?.Flag == true ? CaseFee.Fields.Select(field => field.Name) : [];

    /// <summary>Fields that surely have a value when a step is entered, by step: those that all ways to it need.</summary>
    private static Dictionary<string, HashSet<string>> Sure(Entry root)
    {
        var start = root["start"].Text;
        HashSet<string> opening = [.. root.Find("open")?.Texts("needs") ?? [], .. Filled(root)];
        var sure = root["steps"]
            .Pairs.ToDictionary(
                s => s.Name,
                HashSet<string> (_) => [.. (root.Find("fields")?.Pairs ?? []).Select(f => f.Name)],
                StringComparer.Ordinal
            );
        sure[start] = [.. opening];
        var ways = root["steps"]
            .Pairs.SelectMany(s => s.Value["acts"].Pairs.Select(a => (From: s.Name, a.Value)))
            .Concat(from s in root["steps"].Pairs from a in root.Find("anywhere")?.Pairs ?? [] select (From: s.Name, a.Value))
            .Where(way => sure.ContainsKey(way.Value["to"].Text))
            .ToArray();
        bool narrowed;
        do
        {
            narrowed = false;
            foreach (var (from, act) in ways)
            {
                var into = sure[act["to"].Text];
                var before = into.Count;
                into.IntersectWith([.. sure[from], .. act.Texts("needs")]);
                narrowed |= into.Count < before;
            }
        } while (narrowed);
        return sure;
    }
}
