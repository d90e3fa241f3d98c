using TownReform.Grains.Matters;
using TownReform.Grains.Simulation.Results;

namespace TownReform.Grains.Simulation;

/// <summary>Tells the results what became of requests from above: refused at once, decided, or still running at the end.</summary>
internal sealed class RequestResults(Stage stage)
{
    public void Refused(SimulatedCase @case, string subject, Refusal refusal) => Tell(@case, subject, refusal);

    public void Ended(SimulatedCase @case) => Tell(@case, @case.View.Subject, null);

    /// <summary>The run has ended with the case open.</summary>
    public void TellRunning()
    {
        foreach (var @case in stage.Cases.Values.OrderBy(c => c.Number, StringComparer.Ordinal))
        {
            Tell(@case, @case.View.Subject, null);
        }
    }

    private void Tell(SimulatedCase @case, string subject, Refusal? refusal)
    {
        if (MatterLibrary.Simulation.Requests.TryGetValue(@case.Procedure.Code, out var request))
        {
            var approved = refusal is null && request.Approved(@case);
            stage.Sink.Requested(new RequestRecord(@case.Plan.Code, @case.Procedure.Code, @case.Number, subject, approved, refusal));
        }
    }
}
