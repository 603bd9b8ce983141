using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Portal.Audit;
using Portal.Changes;
using Portal.Commands;
using Portal.DigitalOcean;
using Portal.Sandbox;
using Portal.Sandbox.Control;

namespace Portal.IntegrationTests.Commands;

/// <summary><c>config check --try-pool</c>: the sandbox answers as expected, and whatever goes wrong on the way, no pool is left.</summary>
public sealed class PoolTrialTests() : CommandTest(server: null)
{
    private const string Pools = "/v2/databases/*/pools";
    private const string Pool = "/v2/databases/*/pools/portal-trial-*";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await MigrateAsync();
    }

    [Fact]
    public async Task After_a_typed_yes_a_pool_is_made_changed_and_deleted_and_every_answer_is_the_expected_one()
    {
        var (code, text) = await TryAsync("yes");

        code.ShouldBe(0, text);
        text.ShouldContain("No answer was other than expected.");
        Steps().ShouldBe(["POST 201", "PUT 204", "PUT 204", "DELETE 204"]);
        (await LeftAsync()).ShouldBeEmpty();
        _sandbox.Secrets.Count(secret => text.Contains(secret, StringComparison.Ordinal)).ShouldBe(0);

        await using var portal = await PortalHost.StartAsync(_sandbox, _database);
        portal.Record.Where(row => row.Action is AuditAction.TrialAsked or AuditAction.TrialAnswered).Select(row => row.Action).ShouldBe(
            Enumerable.Repeat<string[]>([AuditAction.TrialAsked, AuditAction.TrialAnswered], 4).SelectMany(pair => pair));
    }

    [Theory]
    [InlineData("no")]
    [InlineData("")]
    [InlineData("y")]
    public async Task Without_a_typed_yes_nothing_is_sent(string typed)
    {
        var (code, text) = await TryAsync(typed);

        code.ShouldBe(2);
        text.ShouldContain("Nothing was done.");
        Steps().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("orders-dev", "There is no cluster orders-dev. There are: ")]
    [InlineData("analytics", "analytics is resizing.")]
    [InlineData("shop-mysql", "is not PostgreSQL")]
    public async Task A_cluster_that_cannot_be_tried_is_said_to_be_so(string cluster, string words)
    {
        var (code, text) = await RunAsync(["config", "check", "--try-pool", cluster], [], "yes");

        code.ShouldBe(2, text);
        text.ShouldContain(words);
        Steps().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_portal_that_only_looks_and_a_frozen_cluster_are_not_tried()
    {
        (await RunAsync(["config", "check", "--try-pool", "orders-prod"], [("Changes:Mode", "LookOnly")], "yes")).Text.ShouldContain("This portal only looks");

        await using (var portal = await PortalHost.StartAsync(_sandbox, _database))
        {
            await portal.Of<Storage.Database>().WriteAsync(
                (db, _) =>
                {
                    var now = TimeProvider.System.GetUtcNow();
                    db.Add(new Freeze { Words = "stock-taking", ById = "a", ByName = "admin", From = now, Until = now.AddHours(1) });
                    return Task.CompletedTask;
                },
                CancellationToken.None);
        }

        var (code, text) = await TryAsync("yes");
        code.ShouldBe(2);
        text.ShouldContain("Changes are frozen until");
        Steps().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("POST", Pools, FaultKind.Status, 422)]
    [InlineData("POST", Pools, FaultKind.Status, 500)]
    [InlineData("POST", Pools, FaultKind.StatusAfterEffect, 503)]
    [InlineData("POST", Pools, FaultKind.DropBefore, null)]
    [InlineData("POST", Pools, FaultKind.DropAfter, null)]
    [InlineData("POST", Pools, FaultKind.Malformed, null)]
    [InlineData("PUT", Pool, FaultKind.Status, 403)]
    [InlineData("PUT", Pool, FaultKind.Status, 412)]
    [InlineData("PUT", Pool, FaultKind.DropAfter, null)]
    [InlineData("DELETE", Pool, FaultKind.Status, 500)]
    [InlineData("DELETE", Pool, FaultKind.DropAfter, null)]
    [InlineData("DELETE", Pool, FaultKind.Html, null)]
    public async Task A_fault_at_any_step_ends_the_trial_and_leaves_no_pool(string method, string path, FaultKind kind, int? status)
    {
        _sandbox.Faults.Add(new Fault { Method = method, Path = path, Kind = kind, Status = status });

        var (isGood, text) = await TrialAsync(CancellationToken.None);

        isGood.ShouldBeFalse(text);
        text.ShouldContain("OTHER THAN EXPECTED");
        (await LeftAsync()).ShouldBeEmpty(text);
        _sandbox.Faults.Waiting.ShouldBeEmpty();
        _sandbox.Ledger.Count(HttpMethod.Post, Pools).ShouldBe(1, "a create is never repeated");
    }

    [Fact]
    public async Task Where_it_cannot_be_taken_away_it_is_said_how()
    {
        _sandbox.Faults.Add(new Fault { Method = "DELETE", Path = Pool, Kind = FaultKind.Status, Status = 403, Times = 100 });

        var (isGood, text) = await TrialAsync(CancellationToken.None);

        isGood.ShouldBeFalse();
        var left = (await LeftAsync()).ShouldHaveSingleItem();
        text.ShouldContain($"delete it: doctl databases pool delete {SandboxClusters.OrdersProd} {left}");
    }

    [Fact]
    public async Task Interrupted_between_two_steps_it_takes_the_pool_away()
    {
        using var stop = new CancellationTokenSource();
        await using var output = new InterruptingWriter("make it", stop);

        await Should.ThrowAsync<OperationCanceledException>(() => TrialAsync(output, stop.Token));

        output.ToString().ShouldContain("is not on orders-prod any more");
        Steps().ShouldBe(["POST 201", "DELETE 204"]);
        (await LeftAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_signal_to_the_program_itself_has_the_pool_taken_away_before_it_ends()
    {
        _sandbox.Faults.Add(new Fault { Method = "PUT", Path = Pool, Kind = FaultKind.DelayAfterEffect, DelayMs = 1000 });
        var log = Path.Combine(_database.Folder, "trial.log");
        using var program = PortalProcess.Start(["config", "check", "--try-pool", "orders-prod", .. Arguments(_database)], environment: null, log);
        await program.Input.WriteLineAsync("yes");
        await program.Input.FlushAsync(TestContext.Current.CancellationToken);
        await Eventually.BecomesTrueAsync("the pool is made", () => Steps().Contains("POST 201"), Soon);

        // Not SIGINT, which goes the same way: a shell that starts these tests in the background has everything below them ignore it.
        using (var kill = Process.Start("kill", ["-TERM", program.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await program.WaitForExitAsync(Soon);
        program.ExitCode.ShouldBe(130);
        Steps()[^1].ShouldBe("DELETE 204");
        (await LeftAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_wrong_comes_before_a_trial()
    {
        _sandbox.WriteSecret("pool-portal/keys", new { key = "far-too-short" });

        var (code, text) = await TryAsync("yes");

        code.ShouldBe(1);
        text.ShouldContain("No pool was tried: put right first what is wrong.");
        Steps().ShouldBeEmpty();
    }

    private Task<(int Code, string Text)> TryAsync(string typed) => RunAsync(["config", "check", "--try-pool", "orders-prod"], [], typed);

    private async Task<(bool IsGood, string Text)> TrialAsync(CancellationToken cancellationToken)
    {
        await using var output = new StringWriter();
        return (await TrialAsync(output, cancellationToken), output.ToString());
    }

    /// <summary>The trial itself, with the readings close together.</summary>
    private async Task<bool> TrialAsync(TextWriter output, CancellationToken cancellationToken)
    {
        await using var scene = new CommandScene(Arguments(_database), new Terminal(TextReader.Null, output, output));
        var api = scene.Services.GetRequiredService<DigitalOceanClient>();
        (await api.GetClusterAsync(SandboxClusters.OrdersProd, CancellationToken.None)).TryGet(out var cluster, out _).ShouldBeTrue();
        var record = ActivatorUtilities.CreateInstance<TrialRecord>(scene.Services);
        return await new PoolTrial(api, record, output, TimeProvider.System, TimeSpan.FromMilliseconds(10)).RunAsync(TrialPool.On(cluster!)!, cancellationToken);
    }

    private List<string> Steps() => [.. _sandbox.Ledger.Entries
        .Where(entry => entry.Method != "GET" && entry.Path.StartsWith("/v2/", StringComparison.Ordinal))
        .Select(entry => $"{entry.Method} {entry.Status}")];

    private async Task<List<string>> LeftAsync()
    {
        using var api = new SandboxApi(_sandbox);
        var pools = (await api.GetAsync(SandboxApi.Pools(SandboxClusters.OrdersProd))).Json.GetProperty("pools").EnumerateArray();
        return [.. pools.Select(pool => pool.GetProperty("name").GetString()!).Where(name => name.StartsWith("portal-trial-", StringComparison.Ordinal))];
    }

    /// <summary>Stops everything as soon as something was written.</summary>
    private sealed class InterruptingWriter(string at, CancellationTokenSource stop) : StringWriter
    {
        public override Task WriteLineAsync(string? value)
        {
            if (value?.Contains(at, StringComparison.Ordinal) is true)
            {
                stop.Cancel();
            }

            return base.WriteLineAsync(value);
        }
    }
}
