using System.Runtime.InteropServices;
using TownReform.Benchmarks.Speed.Telling;

namespace TownReform.Benchmarks.Speed.Running;

/// <summary>Runs a measurement that Ctrl-C ends in order, and tells how it ended.</summary>
internal static class Interruptible
{
    private const int Failed = 1,
        NoServer = 4,
        Interrupted = 130;

    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(Func<CancellationToken, Task> measure)
    {
        using var interruption = new CancellationTokenSource();
        void Interrupt(PosixSignalContext signal)
        {
            signal.Cancel = true;
            interruption.Cancel();
        }

        using var ctrlC = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
        try
        {
            await measure(interruption.Token);
            return 0;
        }
        catch (Exception) when (interruption.IsCancellationRequested)
        {
            Console.Error.WriteLine(
                Reader.In(new("已中断；所启动的均已停止并清除。", "Interrupted; all that was started is stopped and deleted."))
            );
            return Interrupted;
        }
        catch (ServerUnavailableException e)
        {
            Console.Error.WriteLine(e.Message);
            return NoServer;
        }
        catch (ContenderFailedException e)
        {
            Console.Error.WriteLine(e.InnerException is null ? e.Message : $"{e.Message}\n{e.InnerException}");
            return Failed;
        }
    }
}
