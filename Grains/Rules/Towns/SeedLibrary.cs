using System.Collections.Frozen;
using System.Collections.Immutable;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Rules.Towns;

/// <summary>Everything loaded from <c>seeds/</c>, checked and immutable. One per silo.</summary>
/// <param name="Procedures">By which cases are opened now, by code.</param>
public sealed record SeedLibrary(
    string Folder,
    FrozenDictionary<string, TownPlan> Towns,
    FrozenDictionary<string, Procedure> Procedures,
    Rules.WorkCalendar Calendar,
    Rules.LawBook Law
)
{
    /// <summary>Earlier versions of procedures, for cases that were opened by them.</summary>
    public FrozenDictionary<(string Code, int Version), Procedure> Earlier { get; init; } =
        FrozenDictionary<(string, int), Procedure>.Empty;

    /// <summary>Hash of what each file says (<c>Seeds.SeedFiles</c>), by its path below the folder.</summary>
    public ImmutableSortedDictionary<string, string> Files { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Templates of documents (文书), by code.</summary>
    public ImmutableArray<Documents.DocumentTemplate> Documents { get; init; } = [];

    /// <summary>Hash of what the files of law say.</summary>
    public string LawHash { get; init; } = "";

    /// <summary>Every version of every procedure, by code and version.</summary>
    public IEnumerable<Procedure> AllProcedures =>
        Procedures.Values.Concat(Earlier.Values).OrderBy(p => p.Code, StringComparer.Ordinal).ThenBy(p => p.Version);

    /// <summary>A procedure in one of its versions; null when the seeds don't hold it.</summary>
    public Procedure? Find(string code, int version) =>
        Procedures.TryGetValue(code, out var current) && current.Version == version ? current : Earlier.GetValueOrDefault((code, version));

    /// <summary>The procedure that a case was opened by, in the version of that day; one without steps when the seeds don't hold
    /// it.</summary>
    public Procedure ProcedureOf(Rules.Cases.CaseFile file) =>
        Find(file.Procedure, file.ProcedureVersion) ?? Procedure.Missing(file.Procedure, file.ProcedureVersion);

    /// <summary>The counties above the towns, by code.</summary>
    public FrozenDictionary<string, County> Counties { get; init; } =
        Towns.Values.Select(t => t.County).DistinctBy(c => c.Code).ToFrozenDictionary(c => c.Code, StringComparer.Ordinal);
}
