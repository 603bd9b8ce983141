using System.Net;
using System.Text.Json;
using Portal.Access;
using Portal.Audit;
using Portal.Connections;
using Portal.Connections.Formats;
using Portal.DigitalOcean;
using Portal.Sandbox;
using Portal.Sandbox.Control;
using Portal.Storage;

namespace Portal.IntegrationTests.Connections;

/// <summary>The ways to a database that a person can choose from: what the endpoint takes, what it records, and that the rights are the same for all of them.</summary>
public sealed class WayTests(QuickWorld world) : IClassFixture<QuickWorld>, IAsyncDisposable
{
    private static readonly PoolFields Checkout = new(PoolMode.Transaction, 1, "checkout", "checkout");

    public static TheoryData<string, string, string> EveryChoice()
    {
        var rows = new TheoryData<string, string, string>();
        foreach (var format in ConnectionFormats.All)
        {
            foreach (var use in (string[])["pool", "direct"])
            {
                rows.Add(format.Id, use, format.FileName is null ? "copied" : "downloaded");
            }
        }

        return rows;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync()
    {
        world.Sandbox.Faults.Clear();
        return world.RemovePoolsAsync();
    }

    [Theory]
    [MemberData(nameof(EveryChoice))]
    public async Task Who_may_have_one_way_may_have_all_and_who_may_not_has_none(string format, string use, string purpose)
    {
        using var developer = await world.SignInDeveloperAsync();
        using var stranger = await world.SignInAsync("stranger", Role.Developer, "orders");
        using var auditor = await world.SignInAsync("auditor", Role.Auditor);
        var pool = await world.ManagedPoolAsync(Checkout);
        (string, string?)[] choice = [("format", format), ("use", use), ("purpose", purpose), ("verify", "true")];

        var text = await developer.TextAsync(pool, choice);

        text.ShouldContain(use == "direct" ? "25060" : "25061");
        foreach (var other in (ConnectionsWorld.Browser[])[stranger, auditor])
        {
            using var answer = await other.AskAsync(pool, choice);
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            (await answer.Content.ReadAsStringAsync(Token)).ShouldNotContain("25060");
        }
    }

    [Theory]
    [InlineData("pool", "primary", "copied")]
    [InlineData("direct", "primary", "downloaded")]
    public async Task The_record_says_which_way_it_was_and_what_for(string use, string server, string purpose)
    {
        using var developer = await world.SignInDeveloperAsync();
        var pool = await world.ManagedPoolAsync(Checkout);

        await developer.TextAsync(pool, ("format", "kubernetes"), ("use", use), ("server", server), ("purpose", purpose));

        var rows = world.Portal.Record.Where(row => row.Pool == pool).ToList();
        rows.Select(row => row.Action).ShouldBe([AuditAction.ConnectionAsked, AuditAction.ConnectionHandedOut]);
        foreach (var row in rows)
        {
            var details = JsonSerializer.Deserialize<Dictionary<string, string>>(row.Details)!;
            (details["format"], details["use"], details["server"], details["network"], details["purpose"]).ShouldBe(("kubernetes", use, server, "public", purpose));
        }
    }

    [Theory]
    [InlineData("use", "around")]
    [InlineData("use", "Direct")]
    [InlineData("use", "1")]
    [InlineData("use", "")]
    [InlineData("server", "replica")]
    [InlineData("server", "Standby")]
    [InlineData("server", "standby")] // this cluster has none
    [InlineData("verify", "yes")]
    [InlineData("verify", "True")]
    [InlineData("prepared", "perhaps")]
    [InlineData("prepared", "Tracked")]
    [InlineData("format", "tsql")]
    public async Task What_cannot_be_understood_is_refused(string field, string value)
    {
        using var developer = await world.SignInDeveloperAsync();
        var pool = await world.ManagedPoolAsync(Checkout);

        using var answer = await developer.AskAsync(pool, (field, value));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        world.Portal.Record.ShouldAllBe(row => row.Pool != pool || row.Action != AuditAction.ConnectionHandedOut);
    }

    [Fact]
    public async Task A_text_that_is_no_file_cannot_be_downloaded()
    {
        using var developer = await world.SignInDeveloperAsync();
        var pool = await world.ManagedPoolAsync(Checkout);

        using var answer = await developer.AskAsync(pool, ("format", "psycopg"), ("purpose", "downloaded"));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        world.Portal.Record.ShouldAllBe(row => row.Pool != pool);
    }

    [Fact]
    public async Task The_direct_connection_is_to_the_database_behind_the_pool_as_the_user_of_the_pool()
    {
        using var developer = await world.SignInDeveloperAsync();
        var pool = await world.ManagedPoolAsync(Checkout);
        var inbound = await world.ManagedPoolAsync(Checkout with { User = null });

        var text = await developer.TextAsync(pool, ("use", "direct"));
        text.ShouldStartWith($"postgresql://checkout:{Uri.EscapeDataString(await world.PasswordOfAsync("checkout"))}@");
        text.ShouldEndWith(":25060/checkout?sslmode=require");

        (await developer.TextAsync(inbound, ("use", "direct"), ("connectAs", "app"))).ShouldStartWith("postgresql://app:");
        using var other = await developer.AskAsync(inbound, ("use", "direct"), ("connectAs", "doadmin"));
        other.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("direct", "uri", "")]
    [InlineData("pool", "kubernetes", "/ca")]
    public async Task What_the_text_needs_and_cannot_be_read_is_said_and_recorded(string use, string format, string path)
    {
        var pool = await world.ManagedPoolAsync(Checkout);
        var request = new ConnectionRequest(
            SandboxClusters.OrdersProd,
            pool,
            format,
            new ConnectionWay(Enum.Parse<ConnectionUse>(use, ignoreCase: true), ConnectionServer.Primary, Network.Public),
            Verify: false,
            ConnectAs: null,
            ConnectionPurpose.Copied);
        Break(path);

        var answer = await world.DeskOn(world.Api).HandOutAsync(await world.Portal.SignInDeveloperAsync(), request, Token);

        answer.TryGet(out _, out var why).ShouldBeFalse();
        why!.Happened.ShouldBe("DigitalOcean had an error of its own (status 500).");
        world.Portal.Record.Where(row => row.Pool == pool).Select(row => row.Action).ShouldBe([AuditAction.ConnectionAsked, AuditAction.ConnectionNotHandedOut]);
    }

    [Fact]
    public async Task A_card_says_whom_the_cluster_accepts()
    {
        var pool = await world.ManagedPoolAsync(Checkout);

        var facts = await DescribeAsync(pool);

        facts.Surroundings.Sources.ShouldBe("Accepts 1 Kubernetes cluster, 203.0.113.7; from anywhere else the connection times out.");
        facts.Surroundings.Direct!.Public!.Port.ShouldBe(25060);
        facts.Surroundings.Certificate.ShouldStartWith("-----BEGIN CERTIFICATE-----");
        facts.Networks(ConnectionUse.Direct, ConnectionServer.Primary).ShouldBe([Network.Public]);
        facts.Networks(ConnectionUse.Pool, ConnectionServer.Standby).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_cannot_be_read_of_the_cluster_is_said_and_the_pool_is_there_all_the_same()
    {
        var pool = await world.ManagedPoolAsync(Checkout);
        Break("");
        Break("/ca");
        Break("/firewall");

        var facts = await DescribeAsync(pool);

        facts.IsReachable.ShouldBeTrue();
        facts.Surroundings.Sources.ShouldBe("Whom the cluster accepts could not be read: DigitalOcean had an error of its own (status 500).");
        facts.Surroundings.Direct.ShouldBeNull();
        facts.Surroundings.DirectTrouble.ShouldBe("DigitalOcean had an error of its own (status 500).");
        facts.Surroundings.Certificate.ShouldBeNull();
    }

    [Fact]
    public async Task What_a_person_chose_is_theirs_and_outlives_the_session()
    {
        var pool = await world.ManagedPoolAsync(Checkout);
        var desk = world.DeskOn(world.Api);
        var choice = new ConnectionChoice(Network.Private, "psycopg");

        await desk.RememberAsync(await world.Portal.SignInAsync("who-chooses", Role.Developer, "payments"), choice, Token);

        (await DescribeAsync(pool, "who-chooses")).Remembered.ShouldBe(choice);
        (await DescribeAsync(pool, "who-does-not")).Remembered.ShouldBe(ConnectionChoice.None);
    }

    [Fact]
    public async Task What_the_last_test_of_the_pool_found_decides_what_is_copied()
    {
        using var developer = await world.SignInDeveloperAsync();
        var pool = await world.ManagedPoolAsync(Checkout);
        (await developer.TextAsync(pool, ("format", "jdbc"))).ShouldContain("prepareThreshold=0");

        await world.Portal.Of<Database>().WriteAsync(
            (db, _) =>
            {
                db.Add(new PoolTestRecord { ClusterId = SandboxClusters.OrdersProd, Name = pool, TestedAt = DateTimeOffset.UtcNow, Prepared = PreparedStatements.Tracked });
                return Task.CompletedTask;
            },
            Token);

        (await developer.TextAsync(pool, ("format", "jdbc"))).ShouldNotContain("prepareThreshold");
        (await DescribeAsync(pool)).Prepared.ShouldBe(PreparedStatements.Tracked);
    }

    [Fact]
    public async Task A_standby_and_the_private_network_are_ways_of_their_own()
    {
        var desk = world.DeskOn(world.Api);
        await world.Portal.ReadAsync(SandboxClusters.Analytics);
        var admin = await world.Portal.SignInAsync("admin", Role.Admin);

        foreach (var (server, network, host) in ((ConnectionServer, Network, string)[])[
            (ConnectionServer.Primary, Network.Private, "@private-analytics"),
            (ConnectionServer.Standby, Network.Public, "@replica-analytics"),
            (ConnectionServer.Standby, Network.Private, "@private-replica-analytics")])
        {
            foreach (var use in Enum.GetValues<ConnectionUse>())
            {
                var answer = await desk.HandOutAsync(
                    admin,
                    new ConnectionRequest(SandboxClusters.Analytics, "dashboards", "uri", new ConnectionWay(use, server, network), Verify: false, ConnectAs: null, ConnectionPurpose.Shown),
                    Token);

                answer.TryGet(out var handedOut, out var why).ShouldBeTrue(why?.Happened);
                handedOut!.Text.Reveal().ShouldContain(host);
                handedOut.Text.Reveal().ShouldEndWith(use is ConnectionUse.Direct ? ":25060/events?sslmode=require" : ":25061/dashboards?sslmode=require");
            }
        }
    }

    private void Break(string path) => world.Sandbox.Faults.Add(new Fault
    {
        Method = "GET",
        Path = $"/v2/databases/{SandboxClusters.OrdersProd}{path}",
        Times = 20,
        Kind = FaultKind.Status,
        Status = 500,
    });

    private async Task<ConnectionFacts> DescribeAsync(string pool, string person = "developer")
    {
        var session = await world.Portal.SignInAsync(person, Role.Developer, "payments");
        (await world.DeskOn(world.Api).DescribeAsync(session, SandboxClusters.OrdersProd, pool, Token)).TryGet(out var facts, out var trouble).ShouldBeTrue(trouble?.Happened);
        return facts!;
    }
}
