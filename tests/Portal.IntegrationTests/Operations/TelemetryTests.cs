using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Portal.Changes;
using Portal.IntegrationTests.Changes;
using SharpYaml;

namespace Portal.IntegrationTests.Operations;

/// <summary>What Prometheus reads, what a collector is sent, and whether the dashboard and the alerts speak of things that exist.</summary>
public abstract partial class TelemetryTests(TelemetryWorld world)
{
    // Printed once somebody has clicked in a page, which takes a browser.
    private const string AfterAClick = "aspnetcore_components_handle_event_duration_seconds_bucket";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_metric_of_the_dashboard_and_the_alerts_is_measured()
    {
        (await world.Portal.CreateAsync(await world.Portal.SignInDeveloperAsync(), ChangeScene.Request())).State.ShouldBe(ChangeState.Done);
        using var page = await world.Http.GetAsync(new Uri(world.Portal.Address, "/signed-out"), Stop);
        page.IsSuccessStatusCode.ShouldBeTrue();
        var dashboard = NamesIn(Dashboard());
        var alerts = Names(Alerts().Select(rule => rule.GetProperty("expr").GetString()!));
        dashboard.Count.ShouldBeGreaterThan(20);
        alerts.Count.ShouldBeGreaterThan(10);
        var wanted = dashboard.Union(alerts).Except([AfterAClick]).ToList();

        foreach (var name in wanted)
        {
            await Eventually.BecomesTrueAsync(
                $"{name} is printed", async () => Printed().Matches(await ScrapeAsync()).Any(line => line.Value == name), TimeSpan.FromSeconds(30));
        }

        Clicks().ShouldBe("aspnetcore.components.handle_event.duration", "the one that is not printed before a click");
    }

    [Fact]
    public async Task What_is_printed_is_as_prometheus_wants_it_but_for_names_of_the_runtime()
    {
        var (_, words) = await Promtool.RunAsync(Repository.Top, ["check", "metrics"], await ScrapeAsync());

        words.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith("dotnet_", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_alert_says_how_bad_it_is_and_where_its_runbook_is()
    {
        var headings = File.ReadAllLines(Path.Combine(Repository.Top, "docs/operations.md"))
            .Where(line => line.StartsWith('#'))
            .Select(line => NotInAnAnchor().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'))
            .ToList();

        foreach (var rule in Alerts())
        {
            rule.GetProperty("labels").GetProperty("severity").GetString().ShouldBeOneOf("critical", "warning", "info");
            rule.GetProperty("annotations").GetProperty("runbook").GetString().ShouldBe($"docs/operations.md#alert-{rule.GetProperty("alert").GetString()!.ToLowerInvariant()}");
            headings.ShouldContain($"alert-{rule.GetProperty("alert").GetString()!.ToLowerInvariant()}");
        }
    }

    [Fact]
    public async Task What_is_measured_names_no_person_pool_or_secret()
    {
        await world.Portal.CreateAsync(await world.Portal.SignInAsync("Gannet", Access.Role.Developer, "payments"), ChangeScene.Request("plover-app"));

        string printed = "";
        await Eventually.BecomesTrueAsync(
            "the change is in the metrics", async () => (printed = await ScrapeAsync()).Contains("pool_portal_change_duration_seconds_count{", StringComparison.Ordinal), TimeSpan.FromSeconds(30));

        printed.ShouldNotContain("db_client_", customMessage: "Npgsql labels its figures by the database, which for the test of a pool is the pool");
        foreach (var name in new[] { "gannet", "plover", "orders-prod", "checkout", "sandpiper", TelemetryWorld.Key, "dop_v1" })
        {
            printed.ShouldNotContain(name, Case.Insensitive);
        }
    }

    [Theory]
    [InlineData("/metrics")]
    [InlineData("/metrics/")]
    [InlineData("//metrics")]
    public async Task People_have_no_way_to_the_metrics(string path)
    {
        using var plain = new HttpRequestMessage(HttpMethod.Get, new Uri(world.Portal.Address.GetLeftPart(UriPartial.Authority) + path));
        plain.Headers.Host = world.Metrics.Authority;

        using var answer = await world.Http.SendAsync(plain, Stop);

        answer.StatusCode.ShouldNotBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync(Stop)).ShouldNotContain("pool_portal_");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/health/ready")]
    [InlineData("/admin")]
    [InlineData("/_blazor")]
    public async Task The_listener_of_the_metrics_answers_nothing_else(string path)
    {
        using var answer = await world.Http.GetAsync(new Uri(world.Metrics, path), Stop);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_collector_is_sent_traces_and_metrics_with_its_key_and_without_addresses_or_secrets()
    {
        var change = await world.Portal.CreateAsync(await world.Portal.SignInDeveloperAsync(), ChangeScene.Request("dotterel-app", size: "30"), until: _ => true);
        await Eventually.BecomesTrueAsync("the notice arrived", () => world.Receiver.Deliveries.Count > 0, TimeSpan.FromSeconds(30));
        await Eventually.BecomesTrueAsync(
            "spans of a notice and of a reading were sent",
            () =>
            {
                world.Portal.Of<TracerProvider>().ForceFlush();
                var sent = world.Collector.TakenAt("/v1/traces");
                return sent.Contains("change asked", StringComparison.Ordinal) && sent.Contains("databases_get_cluster", StringComparison.Ordinal);
            },
            TimeSpan.FromSeconds(30));
        await Eventually.BecomesTrueAsync(
            "metrics were sent",
            () =>
            {
                world.Portal.Of<MeterProvider>().ForceFlush();
                return world.Collector.TakenAt("/v1/metrics").Contains("pool_portal.api.calls", StringComparison.Ordinal);
            },
            TimeSpan.FromSeconds(30));

        change.State.ShouldBe(ChangeState.WaitingForReview);
        var traces = world.Collector.TakenAt("/v1/traces");
        traces.ShouldContain("digitalocean.request_id");
        traces.ShouldContain("server.address", customMessage: "the request below the call, of whose address the host stays");
        traces.ShouldContain("pool-portal");
        world.Collector.Keys.Distinct().ShouldBe([TelemetryWorld.Key]);
        foreach (var secret in new[] { "sandpiper", "url.full", "dotterel-app", TelemetryWorld.Key }.Concat(world.Sandbox.Secrets))
        {
            traces.Contains(secret, StringComparison.Ordinal).ShouldBeFalse(secret.Length < 12 ? secret : "a secret is in the traces");
        }
    }

    private static JsonElement Dashboard() => JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Top, "deploy/grafana/pool-portal.json"))).RootElement;

    /// <summary>The rules of all groups.</summary>
    private static List<JsonElement> Alerts()
    {
        var yaml = YamlSerializer.Deserialize<object>(File.ReadAllText(Path.Combine(Repository.Top, "deploy/prometheus/alerts.yml")));
        return [.. JsonSerializer.SerializeToElement(yaml).GetProperty("groups").EnumerateArray().SelectMany(group => group.GetProperty("rules").EnumerateArray())];
    }

    private static HashSet<string> NamesIn(JsonElement dashboard) => Names(
        from panel in dashboard.GetProperty("panels").EnumerateArray()
        where panel.TryGetProperty("targets", out _)
        from target in panel.GetProperty("targets").EnumerateArray()
        select target.GetProperty("expr").GetString()!);

    /// <summary>The metrics that expressions speak of: what is neither a label, nor a function, nor a word of the language.</summary>
    private static HashSet<string> Names(IEnumerable<string> expressions) =>
        [.. expressions.SelectMany(expression => Metric().Matches(Labels().Replace(expression, " "))).Select(name => name.Value)];

    private Task<string> ScrapeAsync() => world.Http.GetStringAsync(world.Metrics, Stop);

    /// <summary>The name under which the framework would count clicks in this portal.</summary>
    private string Clicks()
    {
        var found = "";
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) => found =
                instrument.Meter.Scope == world.Portal.Of<IMeterFactory>() && instrument.Name.EndsWith("handle_event.duration", StringComparison.Ordinal) ? instrument.Name : found,
        };
        listener.Start();
        return found;
    }

    [GeneratedRegex(@"\{[^}]*\}|\b(?:by|on|without|ignoring)\s*\([^)]*\)|\[[^\]]*\]", RegexOptions.None, 10_000)]
    private static partial Regex Labels();

    [GeneratedRegex(@"\b(?:pool_portal|http|dotnet|aspnetcore|kestrel)_\w+\b(?!\s*\()", RegexOptions.None, 10_000)]
    private static partial Regex Metric();

    [GeneratedRegex(@"[^\w\- ]", RegexOptions.None, 10_000)]
    private static partial Regex NotInAnAnchor();

    [GeneratedRegex(@"^\w+(?=[{ ])", RegexOptions.Multiline, 10_000)]
    private static partial Regex Printed();
}

/// <summary>
/// OpenTelemetry collects the meters of a whole process, and takes one that is disposed of for all of its name. A process has one portal; that of
/// these tests has many, so these run while no other does.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class OnePortalInTheProcess
{
    public const string Name = "one portal in the process";
}

[Collection(OnePortalInTheProcess.Name)]
public sealed class TelemetryOnSqliteTests(TelemetryOnSqlite world) : TelemetryTests(world), IClassFixture<TelemetryOnSqlite>;

[Collection(OnePortalInTheProcess.Name)]
public sealed class TelemetryOnPostgreSqlTests(TelemetryOnPostgreSql world) : TelemetryTests(world), IClassFixture<TelemetryOnPostgreSql>;
