using System.Collections.Immutable;

namespace TownReform.Grains.Simulation.Results;

/// <summary>
/// Counts one replication as it happens. Memory grows with towns, procedures, workplaces and weeks, and with certificate numbers, never
/// with events.
/// The same calls in the same order give the same counts.
/// </summary>
public sealed class ReplicationTally(int replication, RunFrame frame, RunDirectory directory) : IReplicationSink
{
    /// <summary>The activity that a case begins with.</summary>
    public const string OpenActivity = "open";

    private readonly Dictionary<(string Town, string Procedure), FlowTally> flows = [];
    private readonly Dictionary<string, TownWeekTally> towns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WorkplaceTally> workplaces = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Workplace, string Role), RoleTally> roles = [];
    private readonly Dictionary<(string Town, string Clause, RefusalCode Code), RefusalCounts> refusals = [];
    private readonly Dictionary<string, SecondmentTally> secondments = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CertificateTally> certificates = new(StringComparer.Ordinal);
    private readonly List<AssessmentView> assessments = [];
    private readonly StandstillTally standstill = new(frame, directory);

    /// <inheritdoc/>
    public void Happened(in TraceEvent happened)
    {
        if (happened.Activity == OpenActivity)
        {
            Flow(happened.Town, happened.Procedure).Opened++;
            if (!directory.Internal.Contains(happened.Procedure))
            {
                Weeks(happened.Town).Open(happened.At);
            }
        }
    }

    /// <inheritdoc/>
    public void Finished(CaseRecord record)
    {
        Flow(record.Town, record.Procedure).Add(record);
        if (!directory.Internal.Contains(record.Procedure))
        {
            Weeks(record.Town).Add(record);
        }

        standstill.Finished(record);
        Of(certificates, record.Town, static () => new CertificateTally()).Add(record, Grants(record));
    }

    /// <inheritdoc/>
    public void Refused(in RefusalRecord refused)
    {
        standstill.Refused(refused);
        var (said, key) = (refused.Refusal, (refused.Town, refused.Refusal.Clause, refused.Refusal.Code));
        refusals[key] = refusals.TryGetValue(key, out var before)
            ? before with
            {
                Count = before.Count + 1,
            }
            : new RefusalCounts(
                refused.Town,
                said.Clause,
                said.Code,
                1,
                new RefusalExample(refused.Town, refused.Case, refused.Procedure, refused.Act, refused.At, said.Because)
            );
    }

    /// <inheritdoc/>
    public void Worked(in WorkRecord worked)
    {
        foreach (var role in worked.OfficerRoles)
        {
            Role(worked.Town, worked.Workplace, role).Busy(worked.Minutes);
        }

        if (worked is { IsLead: true, Finished: true })
        {
            Workplace(worked.Town, worked.Workplace).Tasks++;
            Role(worked.Town, worked.Workplace, worked.Role).Add(worked.Procedure, worked.Step, worked.Waited, worked.Asked);
        }
    }

    /// <inheritdoc/>
    public void LeftWaiting(in WaitRecord waiting) =>
        Role(waiting.Town, waiting.Workplace, waiting.Role).Add(waiting.Procedure, waiting.Step, waiting.Waited, null);

    /// <inheritdoc/>
    public void DayClosed(in WorkplaceDay day)
    {
        Workplace(day.Town, day.Workplace).Add(day);
        foreach (var role in day.Roles ?? [])
        {
            Role(day.Town, day.Workplace, role.Role).Add(day.Day, role, day.OfficeMinutes);
        }
    }

    /// <inheritdoc/>
    public void Requested(RequestRecord record) => Of(secondments, record.Town, static () => new SecondmentTally()).Add(record);

    /// <inheritdoc/>
    public void Assessed(AssessmentView result) => assessments.Add(result);

    /// <summary>What was counted so far. The tally can go on afterwards.</summary>
    public ReplicationCounts Close() =>
        new(
            Replication: replication,
            FirstWeek: frame.FirstWeek,
            Weeks: frame.Weeks,
            Flows:
            [
                .. flows
                    .OrderBy(f => f.Key.Town, StringComparer.Ordinal)
                    .ThenBy(f => f.Key.Procedure, StringComparer.Ordinal)
                    .Select(f => f.Value.Close(f.Key.Town, f.Key.Procedure)),
            ],
            TownWeeks: Rows(towns, (town, tally) => tally.Close(town)),
            Workplaces: Rows(workplaces, (workplace, tally) => tally.Close(workplace)),
            Refusals:
            [
                .. refusals
                    .Values.OrderBy(r => r.Clause, StringComparer.Ordinal)
                    .ThenBy(r => r.Code)
                    .ThenBy(r => r.Town, StringComparer.Ordinal),
            ],
            Secondments: Rows(secondments, (town, tally) => tally.Close(town)),
            Assessments: [.. assessments.OrderBy(a => a.Town, StringComparer.Ordinal).ThenBy(a => a.Round, StringComparer.Ordinal)],
            Certificates: Rows(certificates, (town, tally) => tally.Close(town)),
            Repeats: standstill.Repeats(),
            Early: standstill.Early()
        )
        {
            Roles =
            [
                .. roles
                    .OrderBy(r => r.Key.Workplace, StringComparer.Ordinal)
                    .ThenBy(r => r.Key.Role, StringComparer.Ordinal)
                    .Select(r => r.Value.Close(r.Key.Workplace, r.Key.Role)),
            ],
        };

    private bool Grants(CaseRecord record) =>
        record.Disposition == Disposition.Decided && record.Ending is { } end && directory.GrantedEnds.Contains((record.Procedure, end));

    private FlowTally Flow(string town, string procedure)
    {
        if (!flows.TryGetValue((town, procedure), out var flow))
        {
            flows.Add((town, procedure), flow = new FlowTally(directory.Internal.Contains(procedure)));
        }

        return flow;
    }

    private TownWeekTally Weeks(string town)
    {
        if (!towns.TryGetValue(town, out var weeks))
        {
            towns.Add(town, weeks = new TownWeekTally(frame));
        }

        return weeks;
    }

    private WorkplaceTally Workplace(string town, string workplace)
    {
        if (!workplaces.TryGetValue(workplace, out var tally))
        {
            workplaces.Add(workplace, tally = new WorkplaceTally(town, frame));
        }

        return tally;
    }

    private RoleTally Role(string town, string workplace, string role)
    {
        if (!roles.TryGetValue((workplace, role), out var tally))
        {
            roles.Add((workplace, role), tally = new RoleTally(town, frame));
        }

        return tally;
    }

    private static TTally Of<TTally>(Dictionary<string, TTally> tallies, string key, Func<TTally> begin)
    {
        if (!tallies.TryGetValue(key, out var tally))
        {
            tallies.Add(key, tally = begin());
        }

        return tally;
    }

    private static ImmutableArray<TRow> Rows<TTally, TRow>(Dictionary<string, TTally> tallies, Func<string, TTally, TRow> close) =>
        [.. tallies.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => close(t.Key, t.Value))];
}
