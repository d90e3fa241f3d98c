using System.Runtime.InteropServices;

namespace TownReform.Client.Terminal;

/// <summary>
/// Ctrl-C (or SIGTERM) cancels what goes on, for as long as it takes to end it in order: a run deletes its half-made files, a load is still
/// audited.
/// A second one ends the process at once; who waits for a second is told so.
/// </summary>
internal sealed class Interruptions : IDisposable
{
    private static readonly Words Stopping = new(
        "正在有序停止；再按一次 Ctrl-C 立即退出。",
        "Stopping in order; Ctrl-C once more ends at once."
    );
    private static readonly TimeSpan Unexplained = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource cancelling = new();
    private readonly PosixSignalRegistration[] registrations;
    private readonly Timer explaining;

    /// <param name="complain">Where the user is told that it takes a while.</param>
    public Interruptions(Action<Words> complain)
    {
        explaining = new Timer(_ => complain(Stopping));
        registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt),
        ];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => cancelling.Token;

    public void Dispose()
    {
        foreach (var registration in registrations)
        {
            registration.Dispose();
        }

        explaining.Dispose();
        cancelling.Dispose();
    }

    private void Interrupt(PosixSignalContext signal)
    {
        if (cancelling.IsCancellationRequested)
        {
            // Left to the system, which ends the process.
            return;
        }

        signal.Cancel = true;
        explaining.Change(Unexplained, Timeout.InfiniteTimeSpan);
        cancelling.Cancel();
    }
}
