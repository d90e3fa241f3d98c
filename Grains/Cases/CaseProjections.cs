using System.Collections.Immutable;
using TownReform.Grains.Journal;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Seeds;

namespace TownReform.Grains.Cases;

/// <summary>A case as others see it: answer, row of the index, work of a workplace, effects that leave.</summary>
public static class CaseProjections
{
    /// <summary>The answer to a command, as of a day.</summary>
    public static CaseView ToView(this CaseFile file, StepRule? step, DateOnly day, WorkCalendar calendar, LawBook law) => new(
        file.Number, file.Town, file.Procedure, file.Kind, file.Subject, file.ItemVersion, file.Version, file.Step, file.IsOpen ? file.Workplace : null,
        file.Officers, file.Disposition, file.Ending, file.Frozen, file.Colour,
        ClockRules.Read(file, step, day, calendar, law).Due, Clock(file, day, calendar), file.Visits, file.Certificate, file.OpenedAt, file.ChangedAt, file.Party, file.Fields);

    public static CaseRow ToRow(this CaseFile file, WorkItem? work) => new(
        file.Number, file.Town, file.Procedure, file.Kind, file.Subject, file.Step, file.Disposition, file.IsOpen ? file.Workplace : null,
        file.Colour, file.Party.Id, file.Party.Name, file.Certificate, file.OpenedAt, file.ChangedAt, file.OpenedBy, work);

    /// <summary>The present step as work; its officers are those of the file.</summary>
    public static WorkItem ToWork(this CaseFile file, StepRule step, ClockReading clock) => new(
        file.Number, file.StepVersion, step.Code, file.Subject, step.Hands == 0 ? null : step.Role, step.Hands, step.Certificates,
        Apart(file, step), Before(file, step), file.Green, file.StepSince, clock.LookOn, clock.Due, file.Officers);

    /// <summary>The effects that an act names, addressed; they leave with its record.</summary>
    public static ImmutableArray<Delivery> Effects(this CaseFile file, ImmutableArray<string> names, ActTaken taken, TownPlan plan, PowerItem? item, Func<int, string, string, Effect, Delivery> deliver)
    {
        if (names.IsEmpty)
        {
            return [];
        }

        var deliveries = ImmutableArray.CreateBuilder<Delivery>(names.Length);
        foreach (var name in names)
        {
            var (type, key, effect) = Effect(file, name, taken, plan, item);
            deliveries.Add(deliver(deliveries.Count, type, key, effect));
        }

        return deliveries.MoveToImmutable();
    }

    /// <summary>Names of effects that procedures may use.</summary>
    public static ImmutableArray<string> EffectNames { get; } =
        ["number-certificate", "number-county-certificate", "file-with-county", "begin-secondment", "end-secondment", "adjust-power"];

    private static (string Type, string Key, Effect Effect) Effect(CaseFile file, string name, ActTaken taken, TownPlan plan, PowerItem? item) => name switch
    {
        "number-certificate" => ("seal", plan.Code, new NumberCertificate(file.Number, file.Kind, file.Subject)),
        "number-county-certificate" => ("seal", plan.Code, new NumberCertificate(file.Number, CertificateKinds.CountyPermit, file.Subject)),
        "file-with-county" => ("county-office", plan.OfficeAt(item!.CountyDepartment), new FileWithCounty(file.Number, plan.Code, file.Subject, Forward: false)),
        "begin-secondment" => ("staff", $"{plan.Code}/{file.Subject}", new BeginSecondment(file.Number, file.Value("to")!, Day(file, "from"), Day(file, "until"))),
        "end-secondment" => ("staff", $"{plan.Code}/{file.Subject}", new EndSecondment(file.Number, taken.Day)),
        "adjust-power" => ("catalogue", plan.Code, new AdjustPower(file.Number, file.Subject, Change(file), Day(file, "from"), file.Value("promised"))),
        _ => throw new InvalidOperationException($"Effect '{name}' is unknown; loading a procedure checks this."),
    };

    private static ClockView Clock(CaseFile file, DateOnly day, WorkCalendar calendar) => new(
        ClockRules.Used(file.Clock, day, calendar), file.Clock.Promised.Days + file.Clock.ExtendedDays, file.Clock.Promised.Unit == DayUnit.Calendar,
        file.Clock.StartedOn is not null, file.Clock.EndedOn is not null);

    private static DateOnly Day(CaseFile file, string field) => DateOnly.ParseExact(file.Value(field)!, "O");

    private static PowerChange Change(CaseFile file) => file.Value("change") switch
    {
        "grant" => PowerChange.Grant,
        "suspend" => PowerChange.Suspend,
        "adjust" => PowerChange.Adjust,
        _ => PowerChange.Recall,
    };

    private static ImmutableArray<string> Apart(CaseFile file, StepRule step)
    {
        if (step.SeparateFrom.IsEmpty || file.Done.IsEmpty)
        {
            return [];
        }

        var apart = ImmutableArray.CreateBuilder<string>();
        foreach (var done in file.Done)
        {
            if (step.SeparateFrom.Contains(done.Step))
            {
                apart.Add(done.Officer);
            }
        }

        return apart.ToImmutable();
    }

    private static string? Before(CaseFile file, StepRule step)
    {
        foreach (var done in file.Done)
        {
            if (done.Step == step.Code)
            {
                return done.Officer;
            }
        }

        return null;
    }
}
