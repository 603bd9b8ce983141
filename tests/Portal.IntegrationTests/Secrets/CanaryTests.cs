using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging;
using Npgsql;
using Portal.Access;
using Portal.Changes;
using Portal.Connections;
using Portal.Connections.Diagnosis;
using Portal.Connections.Formats;
using Portal.DigitalOcean;
using Portal.IntegrationTests.Changes;
using Portal.IntegrationTests.Connections;
using Portal.IntegrationTests.Door;
using Portal.IntegrationTests.Sandbox;
using Portal.Sandbox;
using Portal.Sandbox.Control;

namespace Portal.IntegrationTests.Secrets;

/// <summary>People use the whole portal, and afterwards everything that it wrote, said or called is searched for every secret that there is.</summary>
public abstract class CanaryTests(SandboxFixture? server)
{
    private const string NoticeSecret = "whsec-heron-7f3d19c2";
    private const string Pasted = "heron:in/the?reeds#41@";

    // Put into each kind of place on purpose: a search that does not find this one finds nothing.
    private const string Planted = "kingfisher over still water";

    private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> _places = new(StringComparer.Ordinal);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_that_is_kept_said_or_called_holds_a_secret()
    {
        await using var receiver = await NoticeReceiver.StartAsync();
        using var traces = Listen();
        var database = server is null ? TestDatabase.Sqlite() : await TestDatabase.PostgreSqlAsync(server.Host);
        KeptLog kept = null!;
        await using var host = await DoorHost.StartAsync(
            settings =>
            {
                settings["Notices:Url"] = new Uri(receiver.Address, "/hook").ToString();
                settings["Teams:0:Uses:0:User"] = "*";
                settings["Logging:LogLevel:Default"] = "Trace";
                settings["Logging:LogLevel:Microsoft.AspNetCore"] = "Trace";
                settings["Logging:LogLevel:System.Net.Http.HttpClient"] = "Trace";
                settings["Logging:Console:LogLevel:Default"] = "None";
            },
            database,
            of => kept = new KeptLog(Path.Combine(of.Folder, "portal.log")));
        using var closing = kept;
        host.Sandbox.WriteSecret("pool-portal/notices", new { secret = NoticeSecret });
        var canaries = new Canaries([.. host.Sandbox.Secrets, "dop_v1_sandbox", NoticeSecret, Pasted]);

        await WalkAsync(host);
        // A new password has come, and is as secret as the old one.
        canaries.Add(host.Sandbox.Secrets);
        await PlantAsync(host);

        await Eventually.BecomesTrueAsync("the last notice arrived", () => receiver.Deliveries.Any(delivery => delivery.Kind == "frozen"), TimeSpan.FromSeconds(30));
        Keep("the notices", receiver.Deliveries.Select(delivery => delivery.Body + delivery.Signature));
        Keep("the addresses that were called", host.Sandbox.Ledger.Entries.Select(entry => Uri.UnescapeDataString(entry.Path)));
        Keep("the log", [kept.Read()]);
        Keep("the database", server is null ? Files(database) : await DumpAsync(database));
        var planted = new Canaries([Planted]);
        canaries.Count.ShouldBeGreaterThan(12);
        _places.Keys.Order(StringComparer.Ordinal).ShouldBe(["the addresses that were called", "the database", "the log", "the notices", "the pages", "the traces"]);
        foreach (var (place, texts) in _places)
        {
            texts.Sum(planted.In).ShouldBeGreaterThan(0, $"{place}: the search is blind");
            texts.Sum(canaries.In).ShouldBe(0, place);
        }
    }

    private async Task WalkAsync(DoorHost host)
    {
        var portal = host.Portal;
        await portal.ReadAsync(SandboxClusters.OrdersProd);
        await portal.ReadAsync(SandboxClusters.PaymentsStaging);
        // Through the provider, with the client's secret.
        foreach (var account in new[] { "developer", "lead", "admin", "auditor" })
        {
            using var browser = host.Browser();
            await browser.SignInAsync(account);
        }

        var developer = await portal.SignInDeveloperAsync();
        var lead = await portal.SignInAsync("lead", Role.TeamLead, "payments", "payments-leads");
        await portal.CreateAsync(developer, FreezeTests.Request("canary-app", "3"));
        await DoAsync(portal, developer, Existing(ChangeKind.Resize, 3) with { Size = "4" });
        await DoAsync(portal, lead, Existing(ChangeKind.ResetPassword, 4));
        await portal.SubmitAsync(developer, FreezeTests.Request("canary-review", "40"));
        var inbound = await portal.SubmitAsync(developer, FreezeTests.Request("canary-inbound", "1") with { User = null, IsInboundUser = true });
        (await portal.Of<ChangeReviews>().ApproveAsync(lead, inbound.Id, "looks right", Token)).ShouldBeNull();
        (await portal.WaitAsync(inbound.Id, now => now.IsFinished)).State.ShouldBe(ChangeState.Done);
        await HandOutAsync(host, developer);
        (await portal.Of<Diagnoser>().DiagnoseAsync($"postgresql://app:{Uri.EscapeDataString(Pasted)}@orders-prod.example:25061/canary-app", null, null, Token)).Findings.ShouldNotBeEmpty();
        _ = await portal.Of<Diagnoser>().DiagnoseAsync($"password={Pasted} host=orders-prod.example", null, null, Token);
        var change = portal.ReadAll<PoolChange>()[0].Id;
        var pool = $"/clusters/{SandboxClusters.OrdersProd}/pools/canary-app";
        foreach (var (role, groups) in new (Role, string[])[] { (Role.Developer, ["payments"]), (Role.TeamLead, ["payments", "payments-leads"]), (Role.Admin, []), (Role.Auditor, []) })
        {
            using var browser = await ConnectionsWorld.Browser.OpenAsync(portal, await portal.SignInAsync($"walker-{role}", role, groups));
            foreach (var address in new[]
            {
                "/", $"/clusters/{SandboxClusters.OrdersProd}", pool, $"{pool}/resize", $"{pool}/change", "/pools/new", "/changes", $"/changes/{change}", "/reviews", "/look-after", "/diagnose",
                "/audit", "/admin", "/pools.csv", "/audit/export.csv", "/audit/export.jsonl", "/audit/access.csv", "/audit/key.pem", "/health/ready", "/no-such-page",
            })
            {
                await ReadAsync(browser.Http, address);
            }
        }
    }

    /// <summary>Every format, shown, copied and to keep; and answers of DigitalOcean that break off in the middle of a password or are no answer.</summary>
    private async Task HandOutAsync(DoorHost host, SessionKey session)
    {
        using var browser = await ConnectionsWorld.Browser.OpenAsync(host.Portal, session);
        foreach (var format in ConnectionFormats.All)
        {
            foreach (var purpose in new[] { "shown", "copied", "downloaded" })
            {
                using var answer = await browser.AskAsync("canary-app", ("format", format.Id), ("purpose", purpose));
                var text = await answer.Content.ReadAsStringAsync(Token);
                answer.IsSuccessStatusCode.ShouldBe(purpose != "downloaded" || format.FileName is not null, $"{format.Id} {purpose}");
                (new Canaries(host.Sandbox.Secrets).In(text) > 0).ShouldBe(answer.IsSuccessStatusCode, $"{format.Id}: there is a password to be found");
            }
        }

        (new Canaries(host.Sandbox.Secrets).In(await browser.TextAsync("canary-inbound", ("connectAs", "checkout"))) > 0).ShouldBeTrue("an inbound user's password");
        foreach (var kind in new[] { FaultKind.Truncate, FaultKind.Malformed, FaultKind.Html, FaultKind.Empty, FaultKind.DropAfter })
        {
            host.Sandbox.Faults.Add(new Fault { Method = "GET", Path = "*/pools/canary-app", Kind = FaultKind.Delay, DelayMs = 0 });
            host.Sandbox.Faults.Add(new Fault { Method = "GET", Path = "*/pools/canary-app", Kind = kind, Times = 10 });
            using var broken = await browser.AskAsync("canary-app");
            broken.IsSuccessStatusCode.ShouldBeFalse($"{kind}");
            Keep("the pages", [await broken.Content.ReadAsStringAsync(Token)]);
            host.Sandbox.Faults.Clear();
        }
    }

    private async Task PlantAsync(DoorHost host)
    {
        var admin = await host.Portal.SignInAsync("admin", Role.Admin);
        // Into the database, a notice and every page.
        (await host.Portal.Of<FreezeDesk>().FreezeAsync(admin, FreezeTests.Asked() with { Words = Planted }, Token)).TryGet(out _, out var why).ShouldBeTrue(why?.Message);
        await Eventually.BecomesTrueAsync("pages know of the freeze", () => host.Portal.Of<Freezes>().Last.Count == 1, TimeSpan.FromSeconds(30));
        using var browser = await ConnectionsWorld.Browser.OpenAsync(host.Portal, admin);
        await ReadAsync(browser.Http, "/");
        _ = await host.Portal.Of<DigitalOceanClient>().GetPoolAsync(SandboxClusters.OrdersProd, Planted, Token);
        host.Portal.Of<ILogger<CanaryTests>>().Log(LogLevel.Trace, default, Planted, exception: null, (words, _) => words);
        using var source = new ActivitySource("Portal.Tests");
        using var activity = source.StartActivity("planted");
        activity?.AddEvent(new ActivityEvent("planted", tags: new ActivityTagsCollection { ["what"] = Planted }));
    }

    private static ExistingPoolRequest Existing(ChangeKind kind, int size) => new()
    {
        FormId = Guid.NewGuid(),
        Kind = kind,
        ClusterId = SandboxClusters.OrdersProd,
        PoolName = "canary-app",
        Before = new PoolFields(PoolMode.Transaction, size, "checkout", "app"),
        Confirmation = kind is ChangeKind.ResetPassword ? "app" : "canary-app",
    };

    private static async Task DoAsync(PortalHost portal, SessionKey session, ExistingPoolRequest request)
    {
        (await portal.Of<ChangeRequests>().SubmitAsync(session, request, Token)).TryGet(out var change, out var why).ShouldBeTrue(why?.Message);
        (await portal.WaitAsync(change!.Id, now => now.IsFinished)).State.ShouldBe(ChangeState.Done);
    }

    private async Task ReadAsync(HttpClient browser, string address)
    {
        using var answer = await browser.GetAsync(address, Token);
        ((int)answer.StatusCode).ShouldBeLessThan(500, address);
        Keep("the pages", [$"{answer.Headers}{answer.Content.Headers}{await answer.Content.ReadAsStringAsync(Token)}"]);
    }

    private void Keep(string place, IEnumerable<string> texts)
    {
        var kept = _places.GetOrAdd(place, _ => new ConcurrentQueue<string>());
        foreach (var text in texts)
        {
            kept.Enqueue(text);
        }
    }

    /// <summary>Whatever anybody in this process traces, with all of it.</summary>
    private ActivityListener Listen()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => Keep("the traces",
            [
                string.Join('\n',
                [
                    activity.DisplayName,
                    .. activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"),
                    .. activity.Baggage.Select(item => $"{item.Key}={item.Value}"),
                    .. activity.Events.SelectMany(one => one.Tags.Select(tag => $"{one.Name} {tag.Key}={tag.Value}")),
                ]),
            ]),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    /// <summary>The files of SQLite as they are, its log of writes too.</summary>
    private static List<string> Files(TestDatabase database)
    {
        var files = Directory.EnumerateFiles(database.Folder, "portal.db*").ToList();
        files.ShouldContain(file => file.EndsWith("-wal", StringComparison.Ordinal));
        return [.. files.Select(file =>
        {
            using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete), Encoding.Latin1);
            return reader.ReadToEnd();
        })];
    }

    /// <summary>Every row of every table as text; bytes are hexadecimal.</summary>
    private static async Task<IReadOnlyList<string>> DumpAsync(TestDatabase database)
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        List<string> tables = [];
        await using (var command = source.CreateCommand("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'"))
        await using (var reader = await command.ExecuteReaderAsync(Token))
        {
            while (await reader.ReadAsync(Token))
            {
                tables.Add(reader.GetString(0));
            }
        }

        List<string> rows = [];
        foreach (var table in tables)
        {
            await using var command = source.CreateCommand($"SELECT t::text FROM {table} t");
            await using var reader = await command.ExecuteReaderAsync(Token);
            while (await reader.ReadAsync(Token))
            {
                rows.Add(reader.GetString(0));
            }
        }

        return rows;
    }
}

public sealed class CanariesOnSqliteTests() : CanaryTests(server: null);

public sealed class CanariesOnPostgreSqlTests(SandboxFixture server) : CanaryTests(server);
