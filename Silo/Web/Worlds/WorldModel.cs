using System.Collections.Immutable;

namespace TownReform.Silo.Web.Worlds;

/// <summary>A simulated world on the day on which it is held.</summary>
/// <param name="World">Its name.</param>
/// <param name="Now">Its virtual moment.</param>
public sealed record WorldModel(string World, DateTimeOffset Now, ImmutableArray<WorldTown> Towns);

/// <summary>A town of a simulated world.</summary>
/// <param name="Offices">Its organs and the departments above it, with how much waits there.</param>
/// <param name="Items">Its items, each with a guide.</param>
public sealed record WorldTown(
    Words Name,
    ImmutableArray<WorldOffice> Offices,
    ImmutableArray<WorldCount> Counts,
    ImmutableArray<ListedItem> Items
);

/// <summary>An office with what waits there.</summary>
public sealed record WorldOffice(string Path, Words Name, int Waiting, int Overdue);

/// <summary>Cases of a procedure.</summary>
public sealed record WorldCount(Words Procedure, long Open, long Ended);
