using System.Collections.Immutable;
using System.Reflection;

namespace TownReform.Grains.Journal.Backup;

/// <summary>What a town keeps beside its record and a backup has too.</summary>
/// <param name="Databases">Files of SQLite in the town's folder, each copied in one snapshot.</param>
/// <param name="Files">Files that are replaced whole.</param>
/// <param name="Folders">Folders of files that are never changed once they are there.</param>
/// <param name="Schemas">Of a town on PostgreSQL.</param>
/// <param name="Forgotten">Statements on a copied database, by its name: what must not come back.</param>
public sealed record BesideRecord(
    ImmutableArray<string> Databases,
    ImmutableArray<string> Files,
    ImmutableArray<string> Folders,
    ImmutableArray<BesideSchema> Schemas,
    ImmutableDictionary<string, string> Forgotten
)
{
    /// <summary>The record alone.</summary>
    public static BesideRecord Nothing { get; } = new([], [], [], [], ImmutableDictionary<string, string>.Empty);
}

/// <summary>A schema beside the record.</summary>
/// <param name="Assembly">Holds the scripts that make it.</param>
/// <param name="Scripts">Their names begin so.</param>
/// <param name="Tables">With the schema's name, those that others refer to first; what isn't named is made anew.</param>
/// <param name="Numbered">A table of these whose column <c>id</c> counts on; null for none.</param>
public sealed record BesideSchema(Assembly Assembly, string Scripts, ImmutableArray<string> Tables, string? Numbered = null);
