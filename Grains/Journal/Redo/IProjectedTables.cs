namespace TownReform.Grains.Journal.Redo;

/// <summary>Tables that follow what commits have made safe.</summary>
internal interface IProjectedTables : IDisposable
{
    /// <summary>Brings commits into the tables in their order and lets effects go that have arrived, all or nothing. Returns once it is
    /// safe.</summary>
    void Apply(IReadOnlyCollection<RedoCommit> commits, IReadOnlySet<long> arrived);

    /// <summary>Whether a fault is of the moment: locked, full, out of reach. Then it is tried again; any other is the fault of what is
    /// written.</summary>
    bool IsPassing(Exception fault);
}
