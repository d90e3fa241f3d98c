namespace TownReform.Benchmarks.Speed.Running;

/// <summary>The first thing that went wrong while many lanes were under way; it ends them all.</summary>
internal sealed class Failure
{
    private readonly TaskCompletionSource<Exception> first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done when something went wrong.</summary>
    public Task Happened => first.Task;

    public void Set(Exception cause) => first.TrySetResult(cause);

    /// <exception cref="ContenderFailedException">Something went wrong.</exception>
    public void Check(Entrant entrant)
    {
        if (first.Task.IsCompletedSuccessfully)
        {
            throw new ContenderFailedException(entrant.Name, first.Task.Result.Message, first.Task.Result);
        }
    }
}

/// <summary>A contender can't be measured: it fails, or loses what it has acknowledged.</summary>
internal sealed class ContenderFailedException(string name, string why, Exception? inner = null) : Exception($"{name}: {why}", inner);
