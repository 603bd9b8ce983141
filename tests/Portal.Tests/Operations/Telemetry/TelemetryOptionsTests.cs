using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry.Exporter;
using Portal.Operations;
using Portal.Operations.Telemetry;

namespace Portal.Tests.Operations.Telemetry;

public sealed class TelemetryOptionsTests
{
    private const string Endpoint = "Telemetry:OtlpEndpoint must be the address of a collector without a name or password in it, for example http://otel-collector:4317.";
    private const string Listener = "Telemetry:MetricsAddress must be an http address with a port and no path, for example http://127.0.0.1:9464.";

    [Fact]
    public void By_default_nothing_is_sent_and_nobody_can_ask()
    {
        var options = OptionsUnderTest.Read<TelemetryOptions>(Room);

        options.OtlpEndpoint.ShouldBeNull();
        options.OtlpProtocol.ShouldBe(OtlpExportProtocol.Grpc);
        options.OtlpHeadersFile.ShouldBeNull();
        options.MetricsAddress.ShouldBeNull();
        options.TraceShare.ShouldBe(1);
        options.FiguresEvery.ShouldBe(TimeSpan.FromSeconds(15));
    }

    [Theory]
    [InlineData("Telemetry:OtlpEndpoint", "otel-collector:4317", Endpoint)]
    [InlineData("Telemetry:OtlpEndpoint", "ftp://otel-collector", Endpoint)]
    [InlineData("Telemetry:OtlpEndpoint", "https://user:word@otel.example", Endpoint)]
    [InlineData("Telemetry:OtlpEndpoint", "https://otel.example/?key=1", Endpoint)]
    [InlineData("Telemetry:OtlpHeadersFile", "/nowhere/headers", "Telemetry:OtlpHeadersFile must name a file with name=value,name=value in it; there is no /nowhere/headers.")]
    [InlineData("Telemetry:MetricsAddress", "127.0.0.1:9464", Listener)]
    [InlineData("Telemetry:MetricsAddress", "http://127.0.0.1", Listener)]
    [InlineData("Telemetry:MetricsAddress", "https://127.0.0.1:9464", Listener)]
    [InlineData("Telemetry:MetricsAddress", "http://127.0.0.1:9464/metrics", Listener)]
    [InlineData("Telemetry:TraceShare", "1.01", "Telemetry:TraceShare must be from 0 to 1.")]
    [InlineData("Telemetry:TraceShare", "-0.01", "Telemetry:TraceShare must be from 0 to 1.")]
    [InlineData("Telemetry:FiguresEvery", "00:00:00.999", "Telemetry:FiguresEvery must be from 0:00:01 to 0:05:00.")]
    [InlineData("Telemetry:FiguresEvery", "00:05:00.001", "Telemetry:FiguresEvery must be from 0:00:01 to 0:05:00.")]
    public void What_is_wrong_is_refused_by_name(string key, string value, string message) =>
        OptionsUnderTest.Refusal<TelemetryOptions>(Room, (key, value)).ShouldBe(message);

    [Theory]
    [InlineData("Telemetry:OtlpEndpoint", "http://otel-collector:4317")]
    [InlineData("Telemetry:OtlpEndpoint", "https://otel.example/tenant/one")]
    [InlineData("Telemetry:MetricsAddress", "http://127.0.0.1:9464")]
    [InlineData("Telemetry:MetricsAddress", "http://*:9464")]
    [InlineData("Telemetry:MetricsAddress", "http://[::]:80/")]
    [InlineData("Telemetry:TraceShare", "0")]
    [InlineData("Telemetry:FiguresEvery", "00:05:00")]
    public void What_is_right_is_taken(string key, string value) => Should.NotThrow(() => OptionsUnderTest.Read<TelemetryOptions>(Room, (key, value)));

    [Fact]
    public void Headers_in_the_settings_are_no_setting() =>
        Should.Throw<OptionsValidationException>(() => OptionsUnderTest.Read<TelemetryOptions>(Room, ("Telemetry:OtlpHeaders", "x=1"))).Message.ShouldContain("OtlpHeaders");

    [Theory]
    [InlineData(null, false)]
    [InlineData("Telemetry:OtlpEndpoint", true)]
    [InlineData("Telemetry:MetricsAddress", true)]
    public void Nothing_is_collected_for_nobody(string? set, bool isCollected)
    {
        var services = new ServiceCollection();
        var settings = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(set ?? "Telemetry:TraceShare", (string?)"http://127.0.0.1:9464")]).Build();

        services.AddTelemetry(settings);

        services.Any(service => service.ServiceType.Namespace?.StartsWith("OpenTelemetry", StringComparison.Ordinal) is true).ShouldBe(isCollected);
        services.Any(service => service.ImplementationType == typeof(FigureRounds)).ShouldBe(isCollected);
        services.Any(service => service.ImplementationType == typeof(MetricsListener)).ShouldBe(set == "Telemetry:MetricsAddress");
    }

    private static void Room(IServiceCollection services) => services.AddStrictOptions<TelemetryOptions, TelemetryOptionsValidator>(TelemetryOptions.Section);
}
