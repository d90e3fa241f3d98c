namespace TownReform.Grains.Simulation;

/// <summary>What the simulator does when an effect has reached its receiver: people go and come back, cases are looked at again, a filing
/// copy is answered.</summary>
internal sealed class Deliveries(Stage stage, CaseFlow flow, CountyFilings filings)
{
    /// <summary>An effect has reached its receiver.</summary>
    public async ValueTask FollowAsync(Delivery delivery)
    {
        switch (delivery.Effect)
        {
            case FileWithCounty copy:
                filings.Filed(Stage.WithoutWorld(delivery.TargetKey), copy);
                break;
            case StaffAway away:
                var office = stage.Office(Stage.WithoutWorld(delivery.TargetKey));
                if (office.Officers.TryGetValue(away.Staff, out var officer))
                {
                    officer.Absent([(away.From, away.Until)], stage.Clock.Today, DayHasBegun);
                    await RefreshHandedOverAsync(office, away.Staff);
                }

                break;
            case StaffBack back
                when stage.Office(Stage.WithoutWorld(delivery.TargetKey)).Officers.TryGetValue(back.Staff, out var returned):
                // What is left of their absences is what their own record says: later leave stays.
                var facts = (
                    await stage.Grains.Grain<IStaffGrain>(Address.Staff(stage.World, returned.Office.Plan.Code, back.Staff)).ReadAsync()
                ).Value!;
                returned.Absences.Clear();
                returned.Absent(facts.Absences.Select(a => (a.From, a.Until)), stage.Clock.Today, DayHasBegun);
                break;
            case PowerChanged changed:
                foreach (
                    var caseNumber in stage
                        .Cases.Values.Where(c => c.Item?.Code == changed.Item && c.Procedure.Route == "town")
                        .Select(c => c.Number)
                        .Order(StringComparer.Ordinal)
                        .ToArray()
                )
                {
                    await flow.RefreshAsync(caseNumber);
                }

                break;
            default:
                break;
        }
    }

    private bool DayHasBegun => stage.Clock.Now.TimeOfDay > Replication.Morning.ToTimeSpan();

    private async ValueTask RefreshHandedOverAsync(SimulatedOffice office, string staff)
    {
        // Whatever somebody works on is in the hands of whoever leads it, at the same workplace.
        foreach (
            var caseNumber in office
                .Officers.Values.SelectMany(lead => lead.Cases)
                .Where(c => c.View.Officers.Contains(staff))
                .Select(c => c.Number)
                .Order(StringComparer.Ordinal)
                .ToArray()
        )
        {
            await flow.RefreshAsync(caseNumber);
        }
    }
}
