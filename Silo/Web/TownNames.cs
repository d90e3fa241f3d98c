using System.Collections.Frozen;
using System.Runtime.CompilerServices;

namespace TownReform.Silo.Web;

/// <summary>Names of a town's codes, as pages show them. A code that has no name stands for itself.</summary>
internal sealed class TownNames
{
    private static readonly ConditionalWeakTable<TownDirectory, TownNames> Known = [];
    private readonly FrozenDictionary<string, Words> items,
        offices;
    private readonly FrozenDictionary<(string Procedure, int Version), ListedProcedure> procedures;
    private readonly FrozenDictionary<string, ListedProcedure> present;

    private TownNames(TownDirectory town)
    {
        Town = town;
        items = town.Items.ToFrozenDictionary(item => item.Code, item => item.Name, StringComparer.Ordinal);
        offices = town.Offices.DistinctBy(office => office.Code).ToFrozenDictionary(o => o.Code, o => o.Name, StringComparer.Ordinal);
        procedures = town.Procedures.Concat(town.Earlier).ToFrozenDictionary(one => (one.Code, one.Version));
        present = town.Procedures.ToFrozenDictionary(one => one.Code, StringComparer.Ordinal);
    }

    public TownDirectory Town { get; }

    /// <summary>The names of a town; made once for each directory that a silo holds.</summary>
    public static TownNames Of(TownDirectory town) => Known.GetValue(town, static one => new TownNames(one));

    /// <summary>An item of the town's list; a person or nothing for other subjects.</summary>
    public Words Item(string code) => items.GetValueOrDefault(code) ?? new(code, code);

    /// <summary>What a case is called: by its item; by its procedure where it is about a person or nothing.</summary>
    public Words Title(string procedure, string subject) => items.GetValueOrDefault(subject) ?? ProcedureName(procedure);

    /// <summary>An office of the town, a department above it, the public, or the system.</summary>
    public Words Office(string code) =>
        offices.GetValueOrDefault(code)
        ?? (
            code == Actor.Public ? new("群众", "public")
            : code == Actor.System.Office ? new("系统", "system")
            : new(code, code)
        );

    /// <summary>A procedure in the version that a case keeps; the present one where that is unknown. Null where there is none.</summary>
    public ListedProcedure? Procedure(string code, int version = 0) =>
        procedures.GetValueOrDefault((code, version)) ?? present.GetValueOrDefault(code);

    public Words ProcedureName(string code) => present.GetValueOrDefault(code)?.Name ?? new(code, code);

    /// <summary>A step or an end of a procedure.</summary>
    public Words Step(string procedure, int version, string code)
    {
        var known = Procedure(procedure, version);
        foreach (var step in known?.Steps ?? [])
        {
            if (step.Code == code)
            {
                return step.Name;
            }
        }

        foreach (var end in known?.Ends ?? [])
        {
            if (end.Code == code)
            {
                return end.Name;
            }
        }

        return new(code, code);
    }

    /// <summary>A step by its code alone, as the first procedure that has it calls it.</summary>
    public Words AnyStep(string code) =>
        Town.Procedures.SelectMany(procedure => procedure.Steps).FirstOrDefault(step => step.Code == code)?.Name ?? new(code, code);

    /// <summary>What people read for a field of a procedure.</summary>
    public Words Field(string procedure, int version, string code) =>
        Procedure(procedure, version)?.Fields.FirstOrDefault(field => field.Code == code)?.Name ?? new(code, code);
}
