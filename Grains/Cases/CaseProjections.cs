using System.Collections.Immutable;
using TownReform.Grains.Journal;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Cases;

/// <summary>A case as others see it: answer, row of the index, work of a workplace, effects that leave.</summary>
public static class CaseProjections
{
    /// <summary>The answer to a command, as of a day.</summary>
    /// <param name="clock">How its limits stand on that day, if that is known.</param>
    public static CaseView ToView(
        this CaseFile file,
        StepRule? step,
        PowerItem? item,
        DateOnly day,
        WorkCalendar calendar,
        LawBook law,
        ClockReading? clock = null
    ) =>
        ToView(
            file,
            day,
            calendar,
            clock ?? ClockRules.Look(file, step, day, calendar, law),
            file.IsOpen ? step?.Limit?.FigureOn(law.On(file.StepOn))?.View : null,
            LawLimit(file, item, law)
        );

    /// <summary>What a command would lead to.</summary>
    /// <param name="version">Version of the case now; 0 before it is opened.</param>
    public static CaseOutlook ToOutlook(this CaseDecision decided, long version, CaseFacts facts)
    {
        var (next, procedure) = (decided.Next, facts.Procedure);
        var step = next.IsOpen ? procedure.Steps[next.Step] : null;
        return new CaseOutlook(
            version,
            next.ToView(step, facts.Item, facts.Day, facts.Calendar, facts.Law, decided.Clock),
            step?.Name ?? procedure.Ends[next.Ending!].Name,
            step is null ? null : ProcedureForms.Doer(procedure, step)
        );
    }

    /// <summary>The case as lists know it.</summary>
    /// <param name="procedure">Its procedure, which says by which labels it is found.</param>
    public static CaseRow ToRow(this CaseFile file, Procedure procedure, WorkItem? work) =>
        new(
            Number: file.Number,
            Town: file.Town,
            Procedure: file.Procedure,
            Kind: file.Kind,
            Subject: file.Subject,
            Step: file.Step,
            Disposition: file.Disposition,
            Workplace: file.IsOpen ? file.Workplace : null,
            Colour: file.Colour,
            PartyId: file.Party.Id,
            PartyName: file.Party.Name,
            Certificate: file.Certificate,
            OpenedAt: file.OpenedAt,
            ChangedAt: file.ChangedAt,
            OpenedBy: file.OpenedBy,
            Work: work,
            Labels: LabelsOf(file, procedure)
        );

    private static ImmutableArray<CaseLabel> LabelsOf(CaseFile file, Procedure procedure)
    {
        if (procedure.Labels.IsEmpty)
        {
            return [];
        }

        var labels = ImmutableArray.CreateBuilder<CaseLabel>(procedure.Labels.Length);
        foreach (var rule in procedure.Labels)
        {
            if (rule.Value(file) is { Length: > 0 } value)
            {
                labels.Add(new CaseLabel(rule.Name, value));
            }
        }

        return labels.ToImmutable();
    }

    /// <summary>The messages that an act causes, addressed; they leave with its record.</summary>
    /// <param name="file">The case as the act leaves it.</param>
    public static ImmutableArray<Delivery> Effects(
        this CaseFile file,
        ActRule act,
        Stamp stamp,
        CaseFacts facts,
        Func<int, string, string, DateTimeOffset, Effect, Delivery> deliver
    )
    {
        var check = new ActCheck(file, facts.Procedure.Steps.GetValueOrDefault(file.Step), act, stamp, [], facts);
        var deliveries = ImmutableArray.CreateBuilder<Delivery>(act.Causes.Length);
        foreach (var effect in act.Causes)
        {
            var message = effect.Of(check);
            deliveries.Add(deliver(deliveries.Count, message.To.Type, message.To.Key, stamp.At, message.Effect));
        }

        return deliveries.MoveToImmutable();
    }

    private static ClockView Clock(CaseFile file, DateOnly day, WorkCalendar calendar) =>
        new(
            ClockRules.Used(file.Clock, day, calendar),
            file.Clock.Promised.Days + file.Clock.ExtendedDays,
            file.Clock.Promised.Unit == DayUnit.Calendar,
            file.Clock.StartedOn is not null,
            file.Clock.EndedOn is not null,
            file.IsOpen && file.Clock.IsRunning
        );

    // The limit by law runs from acceptance; what isn't accepted yet is shown by the law of its receipt.
    private static LimitView? LawLimit(CaseFile file, PowerItem? item, LawBook law)
    {
        if (item is null || file.Clock.Promised.Days == 0)
        {
            return null;
        }

        var begins = file.Clock.StartedOn ?? file.OpenedOn;
        return item.On(begins).Statutory.FigureOn(law.On(begins))?.View;
    }

    private static CaseView ToView(
        CaseFile file,
        DateOnly day,
        WorkCalendar calendar,
        ClockReading reading,
        LimitView? stepLimit,
        LimitView? lawLimit
    ) =>
        new(
            Number: file.Number,
            Town: file.Town,
            Procedure: file.Procedure,
            Kind: file.Kind,
            Subject: file.Subject,
            ItemVersion: file.ItemVersion,
            Version: file.Version,
            Step: file.Step,
            Workplace: file.IsOpen ? file.Workplace : null,
            Officers: file.Officers,
            Disposition: file.Disposition,
            Ending: file.Ending,
            Frozen: file.Frozen,
            Colour: file.Colour,
            Due: reading.Due,
            Clock: Clock(file, day, calendar),
            Visits: file.Visits,
            Certificate: file.Certificate,
            OpenedAt: file.OpenedAt,
            ChangedAt: file.ChangedAt,
            Party: file.Party,
            Fields: file.Fields,
            ClockUnknown: reading.Unknown,
            StepLimit: stepLimit,
            LawLimit: lawLimit,
            LateEntries: file.LateEntries,
            ProcedureVersion: file.ProcedureVersion,
            Agent: AgentRules.Authorised(file)
        );
}
