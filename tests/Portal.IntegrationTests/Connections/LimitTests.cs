using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Access;
using Portal.Audit;
using Portal.Changes.Notices;
using Portal.Connections;
using Portal.DigitalOcean;
using Portal.IntegrationTests.Changes;
using Portal.IntegrationTests.Sandbox;
using Portal.Inventory;
using Portal.Sandbox;
using Portal.Sandbox.Control;
using Portal.Storage;

namespace Portal.IntegrationTests.Connections;

/// <summary>How many connections one person is handed out, and what happens beyond.</summary>
public abstract class LimitTests(SandboxFixture? server) : IAsyncLifetime
{
    private const int PerHour = 20;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private SandboxHost _sandbox = null!;
    private TestDatabase _database = null!;
    private PortalHost? _portal;

    private PortalHost Portal => _portal!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await ColdSandbox.StartAsync(options => options with { RequestsPerMinute = 1_000_000, RequestsPerHour = 1_000_000 });
        _database = server is null ? TestDatabase.Sqlite() : await TestDatabase.PostgreSqlAsync(server.Host);
    }

    public async ValueTask DisposeAsync()
    {
        if (_portal is not null)
        {
            await _portal.DisposeAsync();
        }

        await _sandbox.DisposeAsync();
        _database.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Of_forty_that_are_asked_for_at_once_twenty_are_handed_out()
    {
        await StartAsync();
        // SQLite has one portal; on PostgreSQL two divide the asking.
        await using var second = server is null ? null : await NewPortalAsync();
        var developer = await Portal.SignInDeveloperAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(number => AskAsync(developer, "pool-0", number % 2 == 0 ? second : null)));

        answers.Count(why => why is null).ShouldBe(PerHour);
        answers.Where(why => why is not null).ShouldAllBe(why => why!.Kind == NotHandedOutKind.TooMany);
        CountOf(AuditAction.ConnectionAsked).ShouldBe(PerHour);
        CountOf(AuditAction.ConnectionHandedOut).ShouldBe(PerHour);
        CountOf(AuditAction.ConnectionLimitReached).ShouldBe(1);
        CountOf(AuditAction.ActionRefused).ShouldBe(PerHour);
        _sandbox.Ledger.Count(HttpMethod.Get, "*/pools/pool-0").ShouldBe(40 + PerHour, "each looks at the pool, and a password is fetched for those alone who get one");
    }

    [Fact]
    public async Task Who_has_had_enough_is_told_when_there_is_more_and_others_go_on()
    {
        await StartAsync();
        var developer = await Portal.SignInDeveloperAsync();
        using var browser = await ConnectionsWorld.Browser.OpenAsync(Portal, developer);
        await TakeAllAsync(developer);

        using var answer = await browser.AskAsync("pool-0");
        var why = await AskAsync(developer, "pool-0");

        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        why!.Happened.ShouldBe("You have taken 20 connections within an hour.");
        why.ToDo.ShouldMatch("^Nothing was handed out, and the admins are told. There is one more in (59|60) minutes.$");
        (await AskAsync(await Portal.SignInDeveloperAsync(), "pool-0")).ShouldNotBeNull("another session is the same person");
        (await AskAsync(await Portal.SignInAsync("another", Role.Developer, "payments"), "pool-0")).ShouldBeNull();
        await AgeAsync(TimeSpan.FromHours(1));
        (await AskAsync(developer, "pool-0")).ShouldBeNull();
    }

    [Fact]
    public async Task Proving_anew_who_one_is_begins_a_new_count_in_that_session_alone()
    {
        await StartAsync();
        var before = await Portal.SignInDeveloperAsync();
        await ProvedAsync(before, DateTimeOffset.UtcNow.AddHours(-2));
        await TakeAllAsync(before);

        var why = await AskAsync(before, "pool-0");
        var withoutProof = await Portal.SignInDeveloperAsync();
        var after = await Portal.SignInDeveloperAsync();
        await ProvedAsync(after, DateTimeOffset.UtcNow);

        why!.Kind.ShouldBe(NotHandedOutKind.ProveAgain);
        why.Happened.ShouldBe("You have taken 20 connections within an hour.");
        (await AskAsync(withoutProof, "pool-0"))!.Kind.ShouldBe(NotHandedOutKind.TooMany);
        await TakeAllAsync(after);
        (await AskAsync(after, "pool-0"))!.Kind.ShouldBe(NotHandedOutKind.ProveAgain);
        (await AskAsync(before, "pool-0"))!.Kind.ShouldBe(NotHandedOutKind.ProveAgain);
        CountOf(AuditAction.ConnectionLimitReached).ShouldBe(2, "once for each count");
    }

    [Fact]
    public async Task A_provider_whose_clock_is_ahead_gives_nobody_more()
    {
        await StartAsync();
        var developer = await Portal.SignInDeveloperAsync();
        await ProvedAsync(developer, DateTimeOffset.UtcNow.AddMinutes(5));

        await TakeAllAsync(developer);

        (await AskAsync(developer, "pool-0")).ShouldNotBeNull();
    }

    [Fact]
    public async Task Where_the_settings_say_so_nothing_but_waiting_helps()
    {
        await StartAsync(settings =>
        {
            settings["Connections:Beyond"] = "Refuse";
            settings["Connections:PerHour"] = "2";
        });
        var developer = await Portal.SignInDeveloperAsync();
        (await AskAsync(developer, "pool-0")).ShouldBeNull();
        (await AskAsync(developer, "pool-0")).ShouldBeNull();
        var again = await Portal.SignInDeveloperAsync();
        await ProvedAsync(again, DateTimeOffset.UtcNow);

        (await AskAsync(again, "pool-0"))!.Happened.ShouldBe("You have taken 2 connections within an hour.");
        (await AskAsync(again, "pool-0"))!.Kind.ShouldBe(NotHandedOutKind.TooMany);
    }

    [Fact]
    public async Task Ten_pools_are_looked_at_for_the_first_time_within_ten_minutes()
    {
        await StartAsync(pools: 12);
        var developer = await Portal.SignInDeveloperAsync();
        await KnowsAsync("pool-11", TimeSpan.FromDays(89));
        await KnowsAsync("pool-10", TimeSpan.FromDays(91));
        (await AskAsync(developer, "pool-11")).ShouldBeNull("it is known");
        for (var pool = 0; pool < 10; pool++)
        {
            (await AskAsync(developer, $"pool-{pool}")).ShouldBeNull();
        }

        var why = await AskAsync(developer, "pool-10");

        why!.Happened.ShouldBe("You have asked for the connections of 10 pools that are new to you within 10 minutes.");
        why.ToDo.ShouldEndWith("Pools that you know are handed out as ever, others in 10 minutes.");
        (await AskAsync(developer, "pool-3")).ShouldBeNull();
        Portal.ReadAll<ConnectionAsked>().ShouldAllBe(asked => asked.At > DateTimeOffset.UtcNow.AddDays(-90));
        await AgeAsync(TimeSpan.FromMinutes(10));
        (await AskAsync(developer, "pool-10")).ShouldBeNull();
    }

    [Fact]
    public async Task What_came_to_nothing_does_not_count()
    {
        await StartAsync(settings => settings["Connections:PerHour"] = "1");
        var developer = await Portal.SignInDeveloperAsync();
        // The first call looks at the pool, the next ones fetch the password.
        _sandbox.Faults.Add(new Fault { Method = "GET", Path = "*/pools/pool-0", Kind = FaultKind.Delay, DelayMs = 0 });
        _sandbox.Faults.Add(new Fault { Method = "GET", Path = "*/pools/pool-0", Times = 20, Kind = FaultKind.Status, Status = 500 });

        (await AskAsync(developer, "pool-0"))!.Kind.ShouldBe(NotHandedOutKind.ApiFailed);

        _sandbox.Faults.Clear();
        CountOf(AuditAction.ConnectionNotHandedOut).ShouldBe(1);
        (await AskAsync(developer, "pool-0")).ShouldBeNull();
        (await AskAsync(developer, "pool-0")).ShouldNotBeNull();
    }

    [Fact]
    public async Task The_admins_are_told_who_took_how_many_of_which_pools()
    {
        await using var receiver = await NoticeReceiver.StartAsync();
        await StartAsync(settings =>
        {
            settings["Notices:Url"] = new Uri(receiver.Address, "/hook").ToString();
            settings["Access:PublicUrl"] = "https://pools.example.com";
        });
        await Eventually.BecomesTrueAsync("it has begun", () => Portal.ReadAll<NoticeCursor>().Count == 1, Deadline);
        await Portal.SignInAsync("Ada Admin", Role.Admin);
        await Portal.SignInAsync("Lee Lead", Role.TeamLead, "payments", "payments-leads");
        var developer = await Portal.SignInDeveloperAsync();

        await TakeAllAsync(developer);
        await AskAsync(developer, "pool-0");
        await AskAsync(developer, "pool-0");

        await Eventually.BecomesTrueAsync("it is told", () => Portal.ReadAll<Notice>().Count == 1, Deadline);
        var body = NoticeBody.Read(Portal.ReadAll<Notice>()[0].Body);
        body.Kind.ShouldBe("connection-limit");
        body.For.ShouldBe(["Ada Admin"]);
        body.Text.ShouldBe("developer asked for more connections than usual: 20 connections within 60 minutes, of pool-0 on orders-prod. No more are handed out for now; an admin should look whether it is right.");
        body.Link.ShouldBe("https://pools.example.com/audit?person=developer");
    }

    [Fact]
    public async Task Who_may_not_have_it_fills_the_record_only_slowly()
    {
        await StartAsync();
        var other = await Portal.SignInAsync("other", Role.Developer, "orders");

        for (var attempt = 0; attempt < Refusals.MostAMinute + 5; attempt++)
        {
            (await AskAsync(other, "pool-0"))!.Kind.ShouldBe(NotHandedOutKind.NotAllowed);
        }

        CountOf(AuditAction.ActionRefused).ShouldBe(Refusals.MostAMinute);
        Portal.ReadAll<ConnectionAsked>().ShouldBeEmpty();
    }

    private Task StartAsync(Action<Dictionary<string, string>> adjust) => StartAsync(pools: 1, adjust);

    private async Task StartAsync(int pools = 1, Action<Dictionary<string, string>>? adjust = null)
    {
        _portal = await NewPortalAsync(adjust);
        await Portal.ReadAsync(SandboxClusters.OrdersProd);
        for (var pool = 0; pool < pools; pool++)
        {
            await AddPoolAsync($"pool-{pool}");
        }
    }

    private Task<PortalHost> NewPortalAsync(Action<Dictionary<string, string>>? adjust = null) => PortalHost.StartAsync(_sandbox, _database, settings =>
    {
        settings["Connections:PerHour"] = $"{PerHour}";
        settings["Connections:FirstLooks"] = "10";
        adjust?.Invoke(settings);
    });

    private async Task AddPoolAsync(string name)
    {
        var fields = new PoolFields(PoolMode.Transaction, 1, "checkout", "app");
        (await Portal.Of<DigitalOceanClient>().CreatePoolAsync(SandboxClusters.OrdersProd, new NewPool(name, fields), Token))
            .TryGet(out _, out var failure).ShouldBeTrue(failure?.ToString());
        await Portal.Of<Database>().WriteAsync(
            (db, _) =>
            {
                db.Add(new ManagedPool
                {
                    ClusterId = SandboxClusters.OrdersProd,
                    Name = name,
                    Team = "Payments",
                    OwnerId = "someone",
                    OwnerName = "Someone",
                    Mode = fields.Mode,
                    Size = fields.Size,
                    Database = fields.Database,
                    User = fields.User,
                    ManagedSince = DateTimeOffset.UtcNow,
                    LastChangeId = 1,
                    LastChangedAt = DateTimeOffset.UtcNow,
                });
                return Task.CompletedTask;
            },
            Token);
    }

    private async Task TakeAllAsync(SessionKey session)
    {
        for (var number = 0; number < PerHour; number++)
        {
            (await AskAsync(session, "pool-0")).ShouldBeNull();
        }
    }

    /// <summary>Why not, or null when it was handed out.</summary>
    private async Task<NotHandedOut?> AskAsync(SessionKey session, string pool, PortalHost? portal = null)
    {
        var request = new ConnectionRequest(
            SandboxClusters.OrdersProd,
            pool,
            "uri",
            new ConnectionWay(ConnectionUse.Pool, ConnectionServer.Primary, Network.Public),
            Verify: false,
            ConnectAs: null,
            ConnectionPurpose.Shown);
        return (await (portal ?? Portal).Of<ConnectionDesk>().HandOutAsync(session, request, Token)).TryGet(out _, out var why) ? null : why;
    }

    private int CountOf(string action) => Portal.Record.Count(row => row.Action == action);

    /// <summary>When the provider says that the person proved who they are.</summary>
    private async Task ProvedAsync(SessionKey session, DateTimeOffset at)
    {
        var hash = session.Hash();
        await Portal.Of<Database>().WriteAsync(
            (db, token) => db.Set<Session>().Where(row => row.KeyHash == hash).ExecuteUpdateAsync(row => row.SetProperty(found => found.AuthenticatedAt, at), token), Token);
    }

    /// <summary>The developer was handed out this pool's connection so long ago.</summary>
    private Task KnowsAsync(string pool, TimeSpan ago) => Portal.Of<Database>().WriteAsync(
        (db, _) =>
        {
            db.Add(new ConnectionAsked { PersonId = "test|developer", ClusterId = SandboxClusters.OrdersProd, PoolName = pool, At = DateTimeOffset.UtcNow - ago });
            return Task.CompletedTask;
        },
        Token);

    /// <summary>As if so much time had gone by since everything that was asked for.</summary>
    private async Task AgeAsync(TimeSpan time)
    {
        foreach (var asked in Portal.ReadAll<ConnectionAsked>())
        {
            var at = asked.At - time;
            await Portal.Of<Database>().WriteAsync(
                (db, token) => db.Set<ConnectionAsked>().Where(row => row.Id == asked.Id).ExecuteUpdateAsync(row => row.SetProperty(found => found.At, at), token), Token);
        }
    }
}

public sealed class LimitsOnSqliteTests() : LimitTests(server: null);

public sealed class LimitsOnPostgreSqlTests(SandboxFixture server) : LimitTests(server);
