using System.Net;
using Portal.Access;
using Portal.Audit;
using Portal.IntegrationTests.Connections;
using Portal.IntegrationTests.Sandbox;
using Portal.Records;
using Portal.Storage;

namespace Portal.IntegrationTests.Record;

/// <summary>Reading the record: who may, what a search finds, and what is taken away.</summary>
public abstract class RecordPageTests(SandboxFixture? server) : RecordScene(server)
{
    private static readonly Guid Cluster = Portal.Sandbox.SandboxClusters.OrdersProd;

    [Theory]
    [InlineData("Admin", true)]
    [InlineData("Auditor", true)]
    [InlineData("Developer", false)]
    [InlineData("TeamLead", false)]
    public async Task Admins_and_auditors_read_and_take_away_and_nobody_else_by_no_way(string name, bool may)
    {
        var role = Enum.Parse<Role>(name);
        var session = await _portal.SignInAsync("somebody", role, "payments", "payments-leads");
        var desk = _portal.Of<RecordDesk>();

        (await desk.SearchAsync(session, new RecordQuery(), CancellationToken.None)).TryGet(out _, out _).ShouldBe(may);
        (await desk.ProofAsync(session, CancellationToken.None)).TryGet(out _, out _).ShouldBe(may);
        (await desk.VerifyAsync(session, CancellationToken.None)).TryGet(out _, out _).ShouldBe(may);
        using var browser = await ConnectionsWorld.Browser.OpenAsync(_portal, session);
        foreach (var path in new[] { "/audit/export.csv", "/audit/export.jsonl", "/audit/key.pem" })
        {
            using var answer = await browser.Http.GetAsync(path, TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBe(may ? HttpStatusCode.OK : HttpStatusCode.Forbidden, path);
        }

        using var page = await browser.Http.GetAsync("/audit", TestContext.Current.CancellationToken);
        page.StatusCode.ShouldBe(may ? HttpStatusCode.OK : HttpStatusCode.Found);
        Count(AuditAction.Exported).ShouldBe(may ? 2 : 0);
        Count(AuditAction.ActionRefused).ShouldBe(may ? 0 : 6);
    }

    [Fact]
    public async Task A_session_that_ended_reads_nothing()
    {
        var session = await _portal.SignInAsync("auditor", Role.Auditor);
        await _portal.Of<Sessions>().EndAsync(session, SessionEnd.SignedOut, by: null, CancellationToken.None);

        (await _portal.Of<RecordDesk>().SearchAsync(session, new RecordQuery(), CancellationToken.None)).TryGet(out _, out var refusal).ShouldBeFalse();

        refusal.ShouldBe(Refusal.SessionEnded);
    }

    [Fact]
    public async Task A_flood_of_refusals_of_one_person_fills_the_record_slowly()
    {
        var session = await _portal.SignInDeveloperAsync();
        var desk = _portal.Of<RecordDesk>();

        for (var time = 0; time < 3 * Refusals.MostAMinute; time++)
        {
            (await desk.SearchAsync(session, new RecordQuery(), CancellationToken.None)).TryGet(out _, out _).ShouldBeFalse();
        }

        Count(AuditAction.ActionRefused).ShouldBeInRange(Refusals.MostAMinute, 2 * Refusals.MostAMinute, "a minute may have passed in between");
    }

    [Fact]
    public async Task A_search_finds_by_person_action_pool_cluster_change_day_and_text_and_pages_by_row()
    {
        await _portal.ReadAsync(Cluster);
        var audit = _portal.Of<AuditLog>();
        for (var number = 1; number <= 120; number++)
        {
            await audit.AppendAsync(
                new AuditEntry(number % 2 == 0 ? AuditAction.Requested : AuditAction.Done)
                {
                    Actor = new AuditActor($"issuer|{number % 3}", number % 3 == 0 ? "Ana O'Neil" : "Ben"),
                    ChangeId = number,
                    ClusterId = number % 4 == 0 ? Cluster : Guid.NewGuid(),
                    Pool = $"pool-{number % 5}",
                    Details = new Dictionary<string, string?> { ["reason"] = number == 77 ? "it's “urgent”" : "plain" },
                },
                CancellationToken.None);
        }

        var auditor = await _portal.SignInAsync("auditor", Role.Auditor);
        (await FindAsync(auditor, new RecordQuery { Person = "ana o" })).Lines.Count.ShouldBe(40);
        (await FindAsync(auditor, new RecordQuery { Person = "issuer|1" })).Lines.Count.ShouldBe(40);
        (await FindAsync(auditor, new RecordQuery { Action = AuditAction.Requested })).HasOlder.ShouldBeTrue();
        (await FindAsync(auditor, new RecordQuery { Pool = "pool-1" })).Lines.Count.ShouldBe(24);
        (await FindAsync(auditor, new RecordQuery { Cluster = "ORDERS", Pool = "pool-4" })).Lines.ShouldAllBe(line => line.ClusterName == "orders-prod");
        (await FindAsync(auditor, new RecordQuery { Cluster = "no-such-cluster" })).Lines.ShouldBeEmpty();
        (await FindAsync(auditor, new RecordQuery { Change = 77 })).Lines.ShouldHaveSingleItem();
        (await FindAsync(auditor, new RecordQuery { Text = "It's “urgent”" })).Lines.ShouldHaveSingleItem().Row.ChangeId.ShouldBe(77);
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        (await FindAsync(auditor, new RecordQuery { From = today.AddDays(1) })).Lines.ShouldBeEmpty();
        (await FindAsync(auditor, new RecordQuery { To = today.AddDays(-2) })).Lines.ShouldBeEmpty();
        (await FindAsync(auditor, new RecordQuery { From = today.AddDays(-1), To = today.AddDays(1), Change = 3 })).Lines.ShouldHaveSingleItem();

        List<long> seen = [];
        RecordPage page;
        var query = new RecordQuery { Pool = "pool-2" } with { Pool = null };
        do
        {
            page = await FindAsync(auditor, query);
            seen.AddRange(page.Lines.Select(line => line.Row.Sequence));
            query = query with { Before = seen[^1] };
        }
        while (page.HasOlder);
        seen.ShouldBe(_portal.Record.Select(row => row.Sequence).Reverse());
    }

    [Fact]
    public async Task An_export_is_in_the_record_before_its_first_byte_and_proves_itself()
    {
        await RecordAsync(12);
        await CheckpointAsync();
        var auditor = await _portal.SignInAsync("auditor", Role.Auditor);
        using var browser = await ConnectionsWorld.Browser.OpenAsync(_portal, auditor);

        using var answer = await browser.Http.GetAsync("/audit/export.jsonl", TestContext.Current.CancellationToken);
        await using var text = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        (await _portal.Of<ISigningKeySource>().GetAsync(CancellationToken.None)).TryGet(out var key, out _).ShouldBeTrue();
        var check = new RecordFileCheck([], [key!.Public]);
        await check.ReadAsync(text, CancellationToken.None);

        var report = check.Report();
        report.IsWhole.ShouldBeTrue(report.FirstFinding?.Words);
        var exported = _portal.Record.Last(row => row.Action == AuditAction.Exported);
        report.Last.ShouldBe(exported.Sequence);
        report.ProvedThrough.ShouldBe(exported.Sequence);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task A_filtered_export_holds_what_was_searched_for_and_says_that_it_is_a_part()
    {
        await RecordAsync(5);
        await _portal.Of<AuditLog>().AppendAsync(new AuditEntry(AuditAction.Done) { Pool = "=HYPERLINK(1)" }, CancellationToken.None);
        var auditor = await _portal.SignInAsync("auditor", Role.Auditor);
        using var browser = await ConnectionsWorld.Browser.OpenAsync(_portal, auditor);

        using var lines = await browser.Http.GetAsync("/audit/export.jsonl?action=done", TestContext.Current.CancellationToken);
        var check = new RecordFileCheck([], []);
        await check.ReadAsync(await lines.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), CancellationToken.None);
        check.Report().ShouldSatisfyAllConditions(
            report => report.IsWhole.ShouldBeTrue(report.FirstFinding?.Words),
            report => report.IsPart.ShouldBeTrue(),
            report => report.Rows.ShouldBe(1));

        using var csv = await browser.Http.GetAsync("/audit/export.csv?action=done", TestContext.Current.CancellationToken);
        var text = await csv.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2);
        text.ShouldContain(",'=HYPERLINK(1),");
        _portal.Record.Last(row => row.Action == AuditAction.Exported).Details.ShouldContain("\"action\":\"done\"");
    }

    [Fact]
    public async Task What_cannot_be_recorded_is_not_exported()
    {
        var auditor = await _portal.SignInAsync("auditor", Role.Auditor);
        using var browser = await ConnectionsWorld.Browser.OpenAsync(_portal, auditor);
        await TamperAsync("ALTER TABLE audit RENAME TO audit_away");

        using var answer = await browser.Http.GetAsync("/audit/export.csv", TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("could not be recorded");
        (await _portal.Of<RecordDesk>().SearchAsync(auditor, new RecordQuery(), CancellationToken.None)).TryGet(out _, out var refusal).ShouldBeFalse();
        refusal!.Message.ShouldContain("cannot be read");
        await _portal.Of<Database>().WriteAsync((db, token) => Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlRawAsync(db.Database, "ALTER TABLE audit_away RENAME TO audit", token), CancellationToken.None);
    }

    private int Count(string action) => _portal.Record.Count(row => row.Action == action);

    private async Task<RecordPage> FindAsync(SessionKey session, RecordQuery query)
    {
        (await _portal.Of<RecordDesk>().SearchAsync(session, query, CancellationToken.None)).TryGet(out var page, out var refusal).ShouldBeTrue(refusal?.Message);
        return page!;
    }
}

public sealed class RecordPageOnSqliteTests() : RecordPageTests(server: null);

public sealed class RecordPageOnPostgreSqlTests(SandboxFixture server) : RecordPageTests(server);
