using System.Collections.Immutable;
using TownReform.Grains.Matters.Simulated;

namespace TownReform.Grains.Simulation;

/// <summary>County departments and the filing copies that reach them (B2): somebody answers in a few days.</summary>
internal sealed class CountyFilings(Stage stage, PartyHours hours)
{
    /// <summary>A filing copy reached a county department; the scenario's parts say what it does with it.</summary>
    public void Filed(string officeKey, FileWithCounty copy)
    {
        var office = stage.Office(officeKey).Code;
        foreach (var part in stage.Scenario.Parts)
        {
            foreach (var filing in part.Filings)
            {
                var reply = filing(stage.Random.Named(part.Name).Named(copy.Case));
                var when = hours.AtCounter(stage.Clock.Now + reply.After, stage.Clock.Now, reply.Draw, (copy.Town, office));
                stage.Clock.Schedule(when, () => AnswerAsync(part, officeKey, copy, reply.Tries));
            }
        }
    }

    private async Task AnswerAsync(ReadPart part, string officeKey, FileWithCounty copy, ImmutableArray<FilingAnswer> tries)
    {
        var office = stage.Office(officeKey);
        var grain = stage.Grains.Grain<ICountyOfficeGrain>($"{stage.World}/{officeKey}");
        foreach (var answer in tries)
        {
            var order = new AnswerFiling(stage.Stamp(stage.SpeakerOf(office.Plan, office.Code)), copy.Case, answer);
            if (!(await grain.AnswerFilingAsync(order)).IsRefused(out var refusal, out _))
            {
                return;
            }

            stage.Refused(copy.Town, copy.Case, part.Name, answer.ToString().ToLowerInvariant(), refusal);
        }
    }
}
