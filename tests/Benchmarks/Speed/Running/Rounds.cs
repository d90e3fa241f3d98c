using TownReform.Benchmarks.Speed.Telling;

namespace TownReform.Benchmarks.Speed.Running;

/// <summary>Interleaves the contenders, so that what the machine does meanwhile meets them all: each round runs every one once, every other
/// round backwards.</summary>
internal sealed class Rounds(Entrant[] entrants, Site site, SpeedOptions options)
{
    public async Task<Comparison> RunAsync(int cases, CancellationToken cancellation)
    {
        var runs = entrants.ToDictionary(e => e, _ => new List<Measurement>());
        for (var round = 1; round <= options.Rounds; round++)
        {
            foreach (var entrant in round % 2 == 1 ? entrants : entrants.Reverse())
            {
                Console.Error.Write(
                    Reader.In(
                        new(
                            $"{cases} 件同时，第 {round}/{options.Rounds} 轮，{Reader.In(entrant.Title)} … ",
                            $"{cases} cases at once, round {round}/{options.Rounds}, {Reader.In(entrant.Title)} … "
                        )
                    )
                );
                var measured = await OnceAsync(entrant, cases, cancellation);
                runs[entrant].Add(measured);
                Console.Error.WriteLine(
                    Reader.In(
                        new(
                            $"{measured.StepsPerSecond:N0} 步/秒；答复 {measured.Acknowledged:N0} 步，存有 {measured.Stored:N0} "
                                + $"步{(measured.Open is { } half ? $"；按半速到达时 P99 {half.P99:F1} 毫秒" : "")}",
                            $"{measured.StepsPerSecond:N0} steps/s; {measured.Acknowledged:N0} steps acknowledged, "
                                + $"{measured.Stored:N0} "
                                + $"stored{(measured.Open is { } open ? $"; p99 {open.P99:F1} ms when half as many come" : "")}"
                        )
                    )
                );
            }
        }

        return new Comparison(cases, [.. entrants.Select(e => new Standing(e, [.. runs[e]]))]);
    }

    private async Task<Measurement> OnceAsync(Entrant entrant, int cases, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        await using var ground = await site.NewGroundAsync(entrant.On, cases, cancellation);
        try
        {
            await using var contender = entrant.Begin(ground);
            await contender.StartAsync(cancellation);
            await ground.SettleAsync(cancellation);
            var measured = await new ClosedLoop(entrant, contender, ground).RunAsync(options.WarmUp, options.Window, cancellation);
            return options.Open && entrant.Role != Role.Floor
                ? measured with
                {
                    Open = await new OpenLoop(entrant, contender, ground).RunAsync(
                        measured.StepsPerSecond / 2,
                        options.Window,
                        measured.Acknowledged,
                        cancellation
                    ),
                }
                : measured;
        }
        catch (Exception e) when (e is not ContenderFailedException && !cancellation.IsCancellationRequested)
        {
            throw new ContenderFailedException(entrant.Name, e.Message, e);
        }
        finally
        {
            // What one contender leaves is not for the next one to clear away.
            GC.Collect();
        }
    }
}
