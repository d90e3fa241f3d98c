namespace TownReform.Grains.Simulation.Results;

/// <summary>Counts the cases of one procedure in one town.</summary>
/// <param name="isInternal">Not a party's case: a secondment, a change of powers.</param>
internal sealed class FlowTally(bool isInternal)
{
    private readonly CycleTimes cycle = new();
    private long decided;
    private long withdrawn;
    private long transferred;
    private long open;
    private long onTime;
    private long late;
    private long openOverdue;
    private long visits;
    private decimal fines;

    public long Opened { get; set; }

    public void Add(CaseRecord record)
    {
        switch (record.Disposition)
        {
            case Disposition.Open:
                open++;
                openOverdue += record.LimitDays is { } limit && record.UsedDays > limit ? 1 : 0;
                break;
            case Disposition.Decided:
                Decide(record);
                break;
            case Disposition.Withdrawn:
                withdrawn++;
                break;
            case Disposition.Transferred:
                transferred++;
                break;
            default:
                throw new ArgumentOutOfRangeException(
                    nameof(record),
                    record.Disposition,
                    $"Case {record.Number} has no known disposition."
                );
        }
    }

    public FlowCounts Close(string town, string procedure) =>
        new()
        {
            Town = town,
            Procedure = procedure,
            Opened = Opened,
            Decided = decided,
            Withdrawn = withdrawn,
            Transferred = transferred,
            Open = open,
            OnTime = onTime,
            Late = late,
            OpenOverdue = openOverdue,
            Visits = visits,
            Fines = fines,
            Cycle = cycle.Close(),
            Internal = isInternal,
        };

    private void Decide(CaseRecord record)
    {
        decided++;
        onTime += record.OnTime is true ? 1 : 0;
        late += record.OnTime is false ? 1 : 0;
        visits += record.Visits;
        fines += record.Fine;
        cycle.Add(EndOf(record) - record.OpenedAt);
    }

    internal static DateTimeOffset EndOf(CaseRecord record) =>
        record.EndedAt ?? throw new ArgumentException($"Case {record.Number} has ended without a moment of its end.", nameof(record));
}

/// <summary>Counts one town's cases by week.</summary>
internal sealed class TownWeekTally(RunFrame frame)
{
    private readonly long[] opened = new long[frame.Weeks];
    private readonly long[] ended = new long[frame.Weeks];
    private readonly long[] onTime = new long[frame.Weeks];
    private readonly long[] late = new long[frame.Weeks];
    private readonly long[] overdue = new long[frame.Weeks];
    private readonly CycleTimes?[] cycle = new CycleTimes?[frame.Weeks];

    public void Open(DateTimeOffset at) => opened[frame.WeekOf(at)]++;

    public void Add(CaseRecord record)
    {
        if (record.LateOn is { } lateOn)
        {
            overdue[frame.WeekOf(lateOn)]++;
        }

        if (record.Disposition == Disposition.Open)
        {
            return;
        }

        var end = FlowTally.EndOf(record);
        var week = frame.WeekOf(end);
        ended[week]++;
        overdue[week] -= record.LateOn is null ? 0 : 1;
        if (record.Disposition == Disposition.Decided)
        {
            onTime[week] += record.OnTime is true ? 1 : 0;
            late[week] += record.OnTime is false ? 1 : 0;
            (cycle[week] ??= new CycleTimes()).Add(end - record.OpenedAt);
        }
    }

    public TownWeekCounts Close(string town) =>
        new(
            Town: town,
            Opened: [.. opened],
            Ended: [.. ended],
            OnTime: [.. onTime],
            Late: [.. late],
            Cycle: [.. cycle.Select(c => c?.Close() ?? CycleHistogram.None)],
            Overdue: [.. overdue]
        );
}
