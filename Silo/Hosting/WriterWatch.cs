using Microsoft.Extensions.Hosting;
using TownReform.Grains.Journal.Storage;

namespace TownReform.Silo.Hosting;

/// <summary>Stops a silo whose writer was closed: the others declared it dead, and whatever it is asked it could only fail.</summary>
internal sealed class WriterWatch(ILiveWorld live, IHostApplicationLifetime lifetime) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (live.Fault is { } fault)
            {
                Console.Error.WriteLine(fault.Message);
                Environment.ExitCode = 1;
                lifetime.StopApplication();
                return;
            }
        }
    }
}
