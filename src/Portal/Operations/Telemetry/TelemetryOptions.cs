using System.Globalization;
using Microsoft.Extensions.Options;
using OpenTelemetry.Exporter;

namespace Portal.Operations.Telemetry;

/// <summary>Who is told how the portal does: <c>Telemetry</c> in the settings. Without an address nothing is measured and nothing is traced.</summary>
internal sealed class TelemetryOptions
{
    public const string Section = "Telemetry";

    /// <summary>
    /// The collector that traces and metrics are sent to. None by default: nothing is sent. Headers
    /// that it wants come from <see cref="OtlpHeadersFile"/> or the environment variable <c>OTEL_EXPORTER_OTLP_HEADERS</c>.
    /// </summary>
    /// <seealso href="https://opentelemetry.io/docs/specs/otel/protocol/exporter/"/>
    /// <example>http://otel-collector:4317</example>
    public string? OtlpEndpoint { get; init; }

    /// <summary><c>Grpc</c> (port 4317) or <c>HttpProtobuf</c> (port 4318; <c>/v1/traces</c> and <c>/v1/metrics</c> are appended). Default: <c>Grpc</c>.</summary>
    public OtlpExportProtocol OtlpProtocol { get; init; } = OtlpExportProtocol.Grpc;

    /// <summary>A file with the headers for the collector, <c>name=value,name=value</c>, read at the start. None by default. What is in it is secret.</summary>
    /// <example>/run/secrets/otlp-headers</example>
    public string? OtlpHeadersFile { get; init; }

    /// <summary>
    /// Where <c>/metrics</c> answers Prometheus: on one machine <c>http://127.0.0.1:9464</c>. A listener of its own, for
    /// callers of private addresses alone; people's address never has it. None by default.
    /// </summary>
    /// <example>http://*:9464</example>
    public string? MetricsAddress { get; init; }

    /// <summary>Which share of requests, clicks and background calls is traced, from 0 to 1; default: 1. A change is always traced, whole.</summary>
    public double TraceShare { get; init; } = 1;

    /// <summary>How often the figures that stand in the database are read for the metrics; 0:00:01 to 0:05:00, default 0:00:15.</summary>
    public TimeSpan FiguresEvery { get; init; } = TimeSpan.FromSeconds(15);
}

internal sealed class TelemetryOptionsValidator : IValidateOptions<TelemetryOptions>
{
    public ValidateOptionsResult Validate(string? name, TelemetryOptions options)
    {
        List<string> wrong = [];
        if (options.OtlpEndpoint is { Length: > 0 } endpoint && !IsPlain(endpoint, Uri.UriSchemeHttp, Uri.UriSchemeHttps))
        {
            wrong.Add("Telemetry:OtlpEndpoint must be the address of a collector without a name or password in it, for example http://otel-collector:4317.");
        }

        if (options.OtlpHeadersFile is { Length: > 0 } file && !File.Exists(file))
        {
            wrong.Add($"Telemetry:OtlpHeadersFile must name a file with name=value,name=value in it; there is no {file}.");
        }

        if (options.MetricsAddress is { Length: > 0 } address && !IsListener(address))
        {
            wrong.Add("Telemetry:MetricsAddress must be an http address with a port and no path, for example http://127.0.0.1:9464.");
        }

        if (options.TraceShare is not (>= 0 and <= 1))
        {
            wrong.Add("Telemetry:TraceShare must be from 0 to 1.");
        }

        if (options.FiguresEvery < TimeSpan.FromSeconds(1) || options.FiguresEvery > TimeSpan.FromMinutes(5))
        {
            wrong.Add("Telemetry:FiguresEvery must be from 0:00:01 to 0:05:00.");
        }

        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    // What is written into an address is written into logs as well.
    private static bool IsPlain(string text, params string[] schemes) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && schemes.Contains(address.Scheme, StringComparer.Ordinal) && address is { Query: "", Fragment: "", UserInfo: "" };

    private static bool IsListener(string text)
    {
        // A star and a plus stand for every address of the machine, and are no host of a Uri.
        var written = text.Replace("//*", "//0.0.0.0", StringComparison.Ordinal).Replace("//+", "//0.0.0.0", StringComparison.Ordinal);
        return IsPlain(written, Uri.UriSchemeHttp)
            && new Uri(written) is { AbsolutePath: "/" } address
            && written.TrimEnd('/').EndsWith(string.Create(CultureInfo.InvariantCulture, $":{address.Port}"), StringComparison.Ordinal);
    }
}
