using Microsoft.Extensions.Options;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Portal.Operations.Telemetry;

/// <summary>The inner room from which the portal is seen at work: traces, metrics, and the figures of the admin page.</summary>
/// <remarks>Each room has its own meter and its own traces; here they are only collected. What nobody is told of is not collected at all.</remarks>
internal static class TelemetryRoom
{
    private const string Traces = "traces";
    private const string Metrics = "metrics";

    /// <summary>How the sources and meters of the rooms are named: <c>Portal.Changes</c>.</summary>
    private const string Ours = "Portal.*";

    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddStrictOptions<TelemetryOptions, TelemetryOptionsValidator>(TelemetryOptions.Section);
        var isSent = IsSet(configuration, nameof(TelemetryOptions.OtlpEndpoint));
        var isScraped = IsSet(configuration, nameof(TelemetryOptions.MetricsAddress));
        if (!isSent && !isScraped)
        {
            return services;
        }

        services.AddHostedService<FigureRounds>();
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(portal => portal.AddService("pool-portal", serviceVersion: PortalVersion.Full))
            .WithMetrics(metrics => Collect(metrics, isSent, isScraped));
        if (isSent)
        {
            services.AddOptions<OtlpExporterOptions>(Traces).Configure<IOptions<TelemetryOptions>>((otlp, ours) => Address(otlp, ours.Value, Traces));
            services.AddOptions<OtlpExporterOptions>(Metrics).Configure<IOptions<TelemetryOptions>>((otlp, ours) => Address(otlp, ours.Value, Metrics));
            telemetry.WithTracing(Collect);
        }

        if (isScraped)
        {
            services.AddHostedService<MetricsListener>();
        }

        return services;
    }

    private static bool IsSet(IConfiguration configuration, string setting) => configuration[$"{TelemetryOptions.Section}:{setting}"] is { Length: > 0 };

    private static void Collect(TracerProviderBuilder traces)
    {
        traces
            .AddSource(Ours, "Microsoft.AspNetCore.Components", "Microsoft.AspNetCore.Components.Server.Circuits", "System.Net.Http", "Npgsql")
            .AddAspNetCoreInstrumentation(requests =>
            {
                requests.Filter = IsOfPeople;
                // A span for each message of the circuit, most of them acknowledgements of drawing. Blazor's own sources tell of the clicks.
                requests.EnableAspNetCoreSignalRSupport = false;
            })
            .SetSampler(provider => new TraceSampler(provider.GetRequiredService<IOptions<TelemetryOptions>>().Value.TraceShare))
            // Before what sends them away.
            .AddProcessor(new HarmlessTraces())
            .AddOtlpExporter(Traces, configure: null);
    }

    private static void Collect(MeterProviderBuilder metrics, bool isSent, bool isScraped)
    {
        // Without Npgsql's: whoever tests a pool connects to it, and each would have its name in a label.
        metrics
            .AddMeter(Ours, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Components", "System.Net.Http", "System.Runtime")
            // Each component and each of its events would have a series of its own.
            .AddView("aspnetcore.components.handle_event.duration", new MetricStreamConfiguration { TagKeys = ["error.type"] })
            .AddView("aspnetcore.components.navigate", new MetricStreamConfiguration { TagKeys = ["aspnetcore.components.route", "error.type"] });
        if (isSent)
        {
            metrics.AddOtlpExporter(Metrics, configure: null);
        }

        if (isScraped)
        {
            metrics.AddPrometheusExporter();
        }
    }

    /// <summary>Probes and scrapes come every few seconds and tell nothing.</summary>
    private static bool IsOfPeople(HttpContext context) =>
        !context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal) && !context.Request.Path.StartsWithSegments(MetricsListener.Path, StringComparison.Ordinal);

    private static void Address(OtlpExporterOptions otlp, TelemetryOptions ours, string signal)
    {
        var endpoint = ours.OtlpEndpoint!;
        otlp.Protocol = ours.OtlpProtocol;
        otlp.Endpoint = new Uri(ours.OtlpProtocol is OtlpExportProtocol.Grpc ? endpoint : $"{endpoint.TrimEnd('/')}/v1/{signal}");
        if (ours.OtlpHeadersFile is { Length: > 0 } file)
        {
            otlp.Headers = File.ReadAllText(file).Trim();
        }
    }
}
