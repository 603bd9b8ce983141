using Microsoft.Extensions.Diagnostics.HealthChecks;
using Portal.Audit;
using Portal.IntegrationTests.Sandbox;

namespace Portal.IntegrationTests.Record;

/// <summary>What proves the record: checkpoints, heads outside, verification; and what each of them says when somebody has touched it.</summary>
public abstract class ProofTests(SandboxFixture? server) : RecordScene(server)
{
    [Fact]
    public async Task Checkpoints_follow_from_each_other_and_are_signed_by_the_key_of_the_vault()
    {
        await RecordAsync(12);
        await CheckpointAsync();
        await RecordAsync(12);
        await CheckpointAsync();

        (await _portal.Of<ISigningKeySource>().GetAsync(CancellationToken.None)).TryGet(out var key, out _).ShouldBeTrue();
        AuditCheckpoint? last = null;
        foreach (var checkpoint in _portal.ReadAll<AuditCheckpoint>().OrderBy(checkpoint => checkpoint.Sequence))
        {
            checkpoint.IsSignedBy(key!.Public).ShouldBeTrue();
            checkpoint.Previous.ShouldBe(Checkpoints.After(last));
            checkpoint.Hash.ShouldBe(_portal.Record.Single(row => row.Sequence == checkpoint.Sequence).Hash);
            last = checkpoint;
        }

        last.ShouldNotBeNull();
    }

    [Fact]
    public async Task Without_a_key_nothing_is_signed_and_the_reason_is_told()
    {
        await RestartAsync(("Audit:SigningKeyPath", ""));
        await RecordAsync(12);

        (await _portal.Of<RecordWatch>().VerifyAllAsync(CancellationToken.None)).Report.IsWhole.ShouldBeTrue();

        (await _portal.Of<ISigningKeySource>().GetAsync(CancellationToken.None)).TryGet(out _, out var none).ShouldBeFalse();
        none!.Message.ShouldContain("Audit:SigningKeyPath");
        (await HealthAsync()).Status.ShouldBe(HealthStatus.Healthy, "it was not asked for");
    }

    [Fact]
    public async Task A_key_that_is_none_is_told_by_the_health_check()
    {
        _sandbox.WriteSecret("pool-portal/other", new { private_key = "not a key" });
        await RestartAsync(("Audit:SigningKeyPath", "pool-portal/other"));
        await RecordAsync(12);

        await Eventually.BecomesTrueAsync("the health check is degraded", async () => (await HealthAsync()).Status is HealthStatus.Degraded, Soon);

        (await HealthAsync()).Description!.ShouldContain("no private key on P-256");
        _portal.ReadAll<AuditCheckpoint>().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_row_that_somebody_changed_is_found_and_named_and_makes_the_portal_unhealthy()
    {
        await RecordAsync(12);
        await TamperAsync("UPDATE audit SET actor_name = 'Ben' WHERE sequence = 7");

        var verdict = await _portal.Of<RecordWatch>().VerifyAllAsync(CancellationToken.None);

        verdict.Report.FirstFinding!.Row.ShouldBe(7);
        (await HealthAsync()).Status.ShouldBe(HealthStatus.Unhealthy);
        using var http = new HttpClient { BaseAddress = _portal.Address };
        ((int)(await http.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode).ShouldBe(503);
    }

    [Fact]
    public async Task Rows_that_were_cut_off_contradict_the_head_outside_at_the_next_start()
    {
        await RecordAsync(8);
        await HeadAsync();
        var last = _portal.Record[^1].Sequence;
        await _portal.DisposeAsync();
        _portal = await StartAsync(("Audit:Heads:File", Path.Combine(_database.Folder, "elsewhere.jsonl")));
        await TamperAsync($"DELETE FROM audit WHERE sequence >= {last - 2}");

        await RestartAsync();

        _portal.Of<HeadsOutside>().Contradiction!.ShouldContain("not in the record");
        (await HealthAsync()).Status.ShouldBe(HealthStatus.Unhealthy);
        var lines = (await File.ReadAllLinesAsync(HeadsFile, TestContext.Current.CancellationToken)).Length;
        await RecordAsync(20);
        (await File.ReadAllLinesAsync(HeadsFile, TestContext.Current.CancellationToken)).Length.ShouldBe(lines, "what lies outside is the evidence");
    }

    [Fact]
    public async Task With_required_heads_a_contradiction_closes_the_record()
    {
        await RecordAsync(3);
        await HeadAsync();
        await _portal.DisposeAsync();
        await File.AppendAllTextAsync(HeadsFile, $$"""{"seq":999,"hash":"{{new string('a', 64)}}","at":"2026-11-25T00:00:00.000000Z"}""" + "\n", TestContext.Current.CancellationToken);

        _portal = await StartAsync(("Audit:HeadsRequired", "true"));

        await Should.ThrowAsync<RecordClosedException>(() => RecordAsync(1));
        (await HealthAsync()).Status.ShouldBe(HealthStatus.Unhealthy);
    }

    [Fact]
    public async Task A_head_that_cannot_be_written_is_an_alarm_and_stops_nothing_unless_it_is_required()
    {
        var nowhere = Path.Combine(_database.Folder, "nowhere", "heads.jsonl");
        await RestartAsync(("Audit:Heads:File", nowhere));
        await RecordAsync(1);
        await Eventually.BecomesTrueAsync("the trouble is known", () => _portal.Of<HeadsOutside>().Trouble is not null, Soon);
        (await HealthAsync()).Status.ShouldBe(HealthStatus.Degraded);
        await RecordAsync(1);

        await RestartAsync(("Audit:Heads:File", nowhere), ("Audit:HeadsRequired", "true"));
        await Eventually.BecomesTrueAsync("the trouble is known", () => _portal.Of<HeadsOutside>().Trouble is not null, Soon);
        await Should.ThrowAsync<RecordClosedException>(() => RecordAsync(1));

        Directory.CreateDirectory(Path.GetDirectoryName(nowhere)!);
        await Eventually.BecomesTrueAsync("it is over", () => _portal.Of<HeadsOutside>().Trouble is null, Soon);
        await RecordAsync(1);
    }

    [Fact]
    public async Task A_start_is_recorded_with_what_was_configured_otherwise()
    {
        Started().ShouldHaveSingleItem().Details.ShouldContain("first start");

        await RestartAsync();
        await RestartAsync(("Teams:0:Members:0", "payments-people"));

        Started()[1].Details.ShouldContain("\"changed\":\"nothing\"");
        Started()[2].Details.ShouldContain("Teams:0:Members:0: payments \\u2192 payments-people");
    }

    private List<AuditRow> Started() => [.. _portal.Record.Where(row => row.Action == AuditAction.Started)];

    private async Task<HealthReportEntry> HealthAsync() => (await _portal.Of<HealthCheckService>().CheckHealthAsync(CancellationToken.None)).Entries["audit"];
}

public sealed class ProofOnSqliteTests() : ProofTests(server: null);

public sealed class ProofOnPostgreSqlTests(SandboxFixture server) : ProofTests(server);
