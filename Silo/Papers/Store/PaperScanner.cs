using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace TownReform.Silo.Papers.Store;

/// <summary>Has each file looked at by a command of the operator's, such as <c>clamdscan --no-summary</c>, before it is taken: the file's
/// path is its last argument. Exit code 0 is clean, 1 infected; whatever else happens, the file isn't taken.</summary>
/// <param name="command">Program and its arguments, parted by blanks; null for none.</param>
internal sealed class PaperScanner(string? command, ILogger<PaperScanner> logger)
{
    private const int Infected = 1;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <exception cref="PaperRefusedException">It is infected, or could not be scanned.</exception>
    public async Task ScanAsync(string path, CancellationToken cancellation)
    {
        if (command is null)
        {
            return;
        }

        var code = await RunAsync(command.Split(' ', StringSplitOptions.RemoveEmptyEntries), path, cancellation);
        if (code != 0)
        {
            logger.LogWarning("The scanner answered {Code}; a file was not taken.", code);
            throw new PaperRefusedException(code == Infected ? PaperFault.Infected : PaperFault.ScannerFailed);
        }
    }

    private static async Task<int?> RunAsync(string[] words, string path, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        Process? scanner = null;
        try
        {
            // No shell: nothing in a path is anything but a path.
            scanner = Process.Start(new ProcessStartInfo(words[0], [.. words[1..], path]) { RedirectStandardOutput = true });
            await scanner!.StandardOutput.ReadToEndAsync(patience.Token);
            await scanner.WaitForExitAsync(patience.Token);
            return scanner.ExitCode;
        }
        catch (Exception e) when (e is Win32Exception or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            if (scanner is { HasExited: false })
            {
                scanner.Kill(entireProcessTree: true);
            }

            scanner?.Dispose();
        }
    }
}
