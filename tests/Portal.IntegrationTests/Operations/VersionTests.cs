using System.Text.Json;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Portal.Audit;
using Portal.IntegrationTests.Sandbox;
using Portal.Operations;

namespace Portal.IntegrationTests.Operations;

/// <summary>Which version runs is said where one looks for it.</summary>
public sealed class VersionTests(ColdSandbox sandbox) : IClassFixture<ColdSandbox>, IAsyncLifetime
{
    private readonly TestDatabase _database = TestDatabase.Sqlite();
    private PortalHost _portal = null!;

    public async ValueTask InitializeAsync() => _portal = await PortalHost.StartAsync(sandbox.Host, _database);

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        _database.Dispose();
    }

    [Fact]
    public void It_is_that_of_the_changelog_with_the_commit_where_there_is_one()
    {
        File.ReadLines(Path.Combine(Repository.Top, "CHANGELOG.md")).First(line => line.StartsWith("## [", StringComparison.Ordinal)).ShouldStartWith($"## [{PortalVersion.Number}]");
        PortalVersion.Full.ShouldMatch(Path.Exists(Path.Combine(Repository.Top, ".git")) ? @"^\d+\.\d+\.\d+\+[0-9a-f]{40}$" : @"^\d+\.\d+\.\d+");
    }

    [Fact]
    public async Task It_is_at_the_foot_of_every_page_in_the_record_and_on_admin_and_told_to_nobody_else()
    {
        using var http = new HttpClient { BaseAddress = _portal.Address };
        (await http.GetStringAsync(new Uri("/signed-out", UriKind.Relative), TestContext.Current.CancellationToken)).ShouldContain($"Pool Portal {PortalVersion.Number}");
        (await http.GetStringAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken)).ShouldBe("Healthy");

        var started = _portal.Record.Single(row => row.Action == AuditAction.Started);
        JsonDocument.Parse(started.Details).RootElement.GetProperty("version").GetString().ShouldBe(PortalVersion.Full);
        var report = await _portal.Of<HealthCheckService>().CheckHealthAsync(check => check.Name is "running", TestContext.Current.CancellationToken);
        report.Entries["running"].Description.ShouldBe($"Version {PortalVersion.Full}.");
    }
}
