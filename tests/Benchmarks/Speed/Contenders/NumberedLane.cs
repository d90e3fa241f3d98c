namespace TownReform.Benchmarks.Speed.Contenders;

/// <summary>A lane whose cases are numbered here and whose steps are events.</summary>
internal sealed class NumberedLane(CaseNumbers numbers, Func<CaseEvent, Step, Task> take) : ILane
{
    private long number;

    public Task StepAsync(Step step)
    {
        if (step == Step.Open)
        {
            number = numbers.Next();
        }

        return take(CaseEvent.Of(number, step), step);
    }
}
