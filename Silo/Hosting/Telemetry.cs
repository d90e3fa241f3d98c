using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using TownReform.Grains.Hosting;

namespace TownReform.Silo.Hosting;

/// <summary>Sends metrics and traces to an OpenTelemetry collector, over HTTP (OTLP, protobuf).</summary>
internal static class Telemetry
{
    private const int MetricsEveryMs = 5000;

    /// <summary>Where Orleans begins the activities of calls between grains.</summary>
    private static readonly string[] Sources = ["Microsoft.Orleans.Application", "Microsoft.Orleans.Runtime", "Npgsql"];

    public static void AddTelemetry(this IServiceCollection services, Uri collector) =>
        services
            .AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(TownReformSilo.Cluster))
            .WithMetrics(metrics =>
                metrics
                    .AddMeter(TownMetrics.Name, "Microsoft.Orleans")
                    .AddOtlpExporter(
                        (exporter, reader) =>
                        {
                            Configure(exporter, collector, "v1/metrics");
                            reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = MetricsEveryMs;
                        }
                    )
            )
            .WithTracing(traces => traces.AddSource(Sources).AddOtlpExporter(exporter => Configure(exporter, collector, "v1/traces")));

    private static void Configure(OtlpExporterOptions exporter, Uri collector, string path) =>
        (exporter.Protocol, exporter.Endpoint) = (OtlpExportProtocol.HttpProtobuf, new Uri(collector, path));
}
