using Portal.Connections;
using Portal.Connections.Probing;
using Portal.DigitalOcean;
using Portal.Sandbox;
using Portal.Sandbox.DigitalOcean;

namespace Portal.IntegrationTests.Connections.Probing;

/// <summary>What a test of a pool finds, through a real PgBouncer to a real PostgreSQL.</summary>
public sealed class ProbeTests(LiveWorld world) : IClassFixture<LiveWorld>, IAsyncDisposable
{
    private static readonly PoolFields Checkout = new(PoolMode.Transaction, 2, "checkout", "checkout");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PoolProbe Probe => world.Portal.Of<PoolProbe>();

    public ValueTask DisposeAsync() => world.RemovePoolsAsync();

    [Theory]
    [InlineData(PoolMode.Transaction, "Transaction, seen: two clients got the same server connection in turn.", nameof(PreparedStatements.Off))]
    [InlineData(PoolMode.Session, "Session, as the API says. Nothing that was seen speaks against it.", nameof(PreparedStatements.Unknown))]
    [InlineData(PoolMode.Statement, "Statement, seen: it refuses to begin a transaction.", nameof(PreparedStatements.Unknown))]
    public async Task A_pool_that_works_is_ok_at_every_step(PoolMode mode, string seen, string prepared)
    {
        world.SkipUnlessLive();
        var pool = await world.ManagedPoolAsync(Checkout with { Mode = mode });

        var report = await Probe.TestAsync(SandboxClusters.OrdersProd, pool, Token);

        report.Connected.ShouldBe(true, Told(report));
        report.Findings.Select(finding => finding.Step).ShouldBe(Enum.GetValues<ProbeStep>());
        report.Findings.Where(finding => finding.State is not FindingState.Ok).Select(finding => finding.Step)
            .ShouldBe(mode is PoolMode.Statement ? [ProbeStep.Prepared] : []);
        report.Of(ProbeStep.From)!.Words.ShouldBe($"The portal, on {Environment.MachineName}, over the public network, as checkout.");
        report.Of(ProbeStep.Reached)!.Words.ShouldMatch(@"^localhost:\d+ \((127\.0\.0\.1|::1)\) answers over the public network, after \d+ ms\.$");
        report.Of(ProbeStep.Version)!.Words.ShouldMatch(@"^Version \d+\.\d+\.$");
        report.Of(ProbeStep.Mode)!.Words.ShouldBe(seen);
        report.Of(ProbeStep.Time)!.Words.ShouldMatch(@"^\d+ ms to connect, [\d.]+ ms to the first answer, [\d.]+ ms for a query after that\.$");
        report.Prepared.ToString().ShouldBe(prepared);
        report.Words.ShouldMatch(@"^connected through the pool, TLS verified, PostgreSQL \d+\.\d+, \d+ ms$");
        report.Spoken.ShouldBe("Test finished: the pool works.");
    }

    [Fact]
    public async Task A_pool_of_one_session_is_not_asked_for_a_second_one()
    {
        world.SkipUnlessLive();
        var pool = await world.ManagedPoolAsync(Checkout with { Mode = PoolMode.Session, Size = 1 });

        (await Probe.TestAsync(SandboxClusters.OrdersProd, pool, Token)).Of(ProbeStep.Mode)!.Words.ShouldStartWith("Session, as the API says.");
    }

    [Fact]
    public async Task A_test_leaves_no_statement_behind_for_who_comes_next()
    {
        world.SkipUnlessLive();
        var pool = await world.ManagedPoolAsync(Checkout with { Size = 1 });

        for (var time = 0; time < 3; time++)
        {
            (await Probe.TestAsync(SandboxClusters.OrdersProd, pool, Token)).Of(ProbeStep.Prepared)!.State.ShouldBe(FindingState.Ok);
        }

        await using var next = await world.OpenAsync(pool, "checkout");
        (await next.QueryAsync("select count(*)::int from pg_prepared_statements")).ShouldBe(0);
    }

    [Fact]
    public async Task A_statement_that_another_client_left_is_noticed_and_left_alone()
    {
        world.SkipUnlessLive();
        var pool = await world.ManagedPoolAsync(Checkout with { Size = 1 });
        await using (var careless = await world.OpenAsync(pool, "checkout"))
        {
            await using var command = careless.Connection.CreateCommand();
            command.CommandText = "select 1";
            await command.PrepareAsync(Token);
        }

        var report = await Probe.TestAsync(SandboxClusters.OrdersProd, pool, Token);

        var finding = report.Of(ProbeStep.Prepared)!;
        finding.State.ShouldBe(FindingState.Warning);
        finding.ToDo!.ShouldStartWith("Switch prepared statements off in every driver that uses this pool");
        report.Prepared.ShouldBe(PreparedStatements.Off);
        report.Connected.ShouldBe(true);
        await using var next = await world.OpenAsync(pool, "checkout");
        (await next.QueryAsync("select count(*)::int from pg_prepared_statements")).ShouldBe(1);
    }

    [Fact]
    public async Task A_PgBouncer_that_keeps_track_of_prepared_statements_is_noticed()
    {
        world.SkipUnlessLive();
        var pool = await world.LiveAsync(await world.ManagedPoolAsync(Checkout));
        await using var proxy = new TrackingProxy(world.Sandbox.Of<Cloud>().Find(SandboxClusters.OrdersProd.ToString())!, "localhost", pool.Endpoints.Public!.Port);
        var tracked = pool with { Endpoints = new PoolEndpoints { Public = new PoolEndpoint("localhost", proxy.Port) } };
        var password = new Secret(await world.PasswordOfAsync("checkout"));

        var report = await Probe.TestAsync(SandboxClusters.OrdersProd, tracked, "checkout", password, Token);

        report.Connected.ShouldBe(true, Told(report));
        report.Prepared.ShouldBe(PreparedStatements.Tracked);
        report.Of(ProbeStep.Prepared)!.Words.ShouldStartWith("On: PgBouncer keeps track of them.");
        (await Probe.TestAsync(SandboxClusters.OrdersProd, pool, "checkout", password, Token)).Prepared.ShouldBe(PreparedStatements.Off);
    }

    [Fact]
    public async Task A_wrong_password_fails_at_signing_in_and_shows_neither_of_the_two()
    {
        world.SkipUnlessLive();
        var pool = await world.ManagedPoolAsync(Checkout);

        var report = await Probe.TestAsync(SandboxClusters.OrdersProd, await world.LiveAsync(pool), "checkout", new Secret("not-the-password"), Token);

        report.Connected.ShouldBe(false);
        report.Findings.Select(finding => finding.State).ShouldBe(
            [FindingState.Ok, FindingState.Ok, FindingState.Ok, FindingState.Failed, .. Enumerable.Repeat(FindingState.NotTested, 7)]);
        report.Of(ProbeStep.SignedIn)!.Means!.ShouldStartWith("The password of checkout that DigitalOcean gives is not the one that the server knows");
        Told(report).ShouldNotContain("not-the-password");
        Told(report).ShouldNotContain(await world.PasswordOfAsync("checkout"));
        report.Words.ShouldBe("refused: SASL authentication failed");
        report.Spoken.ShouldBe("Test finished: failed at \"Signed in\" (refused: SASL authentication failed).");
    }

    [Fact]
    public async Task A_pool_that_PgBouncer_does_not_know_fails_with_that_reason()
    {
        world.SkipUnlessLive();
        var pool = await world.LiveAsync(await world.ManagedPoolAsync(Checkout));
        await world.RemovePoolsAsync();

        var report = await Probe.TestAsync(SandboxClusters.OrdersProd, pool, "checkout", new Secret(await world.PasswordOfAsync("checkout")), Token);

        report.Of(ProbeStep.SignedIn)!.State.ShouldBe(FindingState.Failed);
        report.Of(ProbeStep.SignedIn)!.Means.ShouldBe("PgBouncer does not know this pool: it was made or deleted a moment ago.");
    }

    [Fact]
    public async Task A_certificate_of_another_authority_fails_at_tls_and_no_password_is_sent()
    {
        world.SkipUnlessLive();
        var pool = await world.LiveAsync(await world.ManagedPoolAsync(Checkout));
        (await world.Api.GetCertificateAuthorityAsync(SandboxClusters.PaymentsStaging, Token)).TryGet(out var other, out _).ShouldBeTrue();

        var report = await Probe.TestAsync(SandboxClusters.OrdersProd, new ProbeTarget(pool, "checkout", new Secret("p"), other!), Token);

        report.Findings.Single(finding => finding.State is FindingState.Failed).Step.ShouldBe(ProbeStep.Tls);
        report.Words.ShouldBe("failed: TLS cannot be verified");
    }

    [Fact]
    public async Task A_user_without_rights_in_the_database_gets_the_lines_to_ask_for()
    {
        world.SkipUnlessLive();
        await using var place = await world.OwnDatabaseAsync();
        var pool = await world.ManagedPoolAsync(new PoolFields(PoolMode.Transaction, 1, place.Name, place.User));

        await place.RunAsync("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
        var withoutCreate = await Probe.TestAsync(SandboxClusters.OrdersProd, pool, Token);
        await place.RunAsync("REVOKE USAGE ON SCHEMA public FROM PUBLIC");
        var withoutUse = await Probe.TestAsync(SandboxClusters.OrdersProd, pool, Token);
        await place.RunAsync(withoutCreate.Of(ProbeStep.MayCreate)!.Command!, withoutUse.Of(ProbeStep.MayUse)!.Command!);
        var granted = await Probe.TestAsync(SandboxClusters.OrdersProd, pool, Token);

        withoutCreate.Of(ProbeStep.MayUse)!.State.ShouldBe(FindingState.Ok);
        withoutCreate.Of(ProbeStep.MayCreate)!.State.ShouldBe(FindingState.Warning);
        withoutCreate.Of(ProbeStep.MayCreate)!.Command.ShouldBe($"GRANT CREATE ON SCHEMA public TO \"{place.User}\";");
        withoutCreate.Connected.ShouldBe(true);
        withoutCreate.Words.ShouldEndWith($"ms; {place.User} may not create in schema public");
        withoutCreate.Spoken.ShouldBe("Test finished: the pool works, with 1 thing to take care of.");
        withoutUse.Of(ProbeStep.MayUse)!.Command.ShouldBe($"GRANT USAGE ON SCHEMA public TO \"{place.User}\";");
        granted.Findings.ShouldAllBe(finding => finding.State == FindingState.Ok);
    }

    [Fact]
    public async Task A_user_who_may_not_connect_gets_the_grant_before_and_after_PgBouncer_has_a_connection()
    {
        world.SkipUnlessLive();
        await using var place = await world.OwnDatabaseAsync();
        var pool = await world.ManagedPoolAsync(new PoolFields(PoolMode.Transaction, 1, place.Name, place.User));
        var grant = $"GRANT CONNECT ON DATABASE \"{place.Name}\" TO \"{place.User}\";";

        await place.RunAsync($"REVOKE CONNECT ON DATABASE \"{place.Name}\" FROM PUBLIC");
        var before = await Probe.TestAsync(SandboxClusters.OrdersProd, pool, Token);
        await place.RunAsync(before.Of(ProbeStep.MayConnect)!.Command!);
        await world.ReconnectAsync(pool);
        var granted = await Probe.TestAsync(SandboxClusters.OrdersProd, pool, Token);
        await place.RunAsync($"REVOKE CONNECT ON DATABASE \"{place.Name}\" FROM \"{place.User}\"");
        var after = await Probe.TestAsync(SandboxClusters.OrdersProd, pool, Token);

        before.Of(ProbeStep.SignedIn)!.State.ShouldBe(FindingState.Ok, Told(before));
        before.Of(ProbeStep.MayConnect)!.State.ShouldBe(FindingState.Failed);
        before.Of(ProbeStep.MayConnect)!.Command.ShouldBe(grant);
        granted.Of(ProbeStep.MayConnect)!.State.ShouldBe(FindingState.Ok, Told(granted));
        after.Of(ProbeStep.MayConnect)!.State.ShouldBe(FindingState.Warning);
        after.Of(ProbeStep.MayConnect)!.Command.ShouldBe(grant);
    }

    [Fact]
    public async Task A_pool_with_no_server_connection_free_is_failed_as_busy()
    {
        world.SkipUnlessLive();
        var pool = await world.ManagedPoolAsync(Checkout with { Size = 1 });
        await using var holder = await world.OpenAsync(pool, "checkout");
        await using var transaction = await holder.Connection.BeginTransactionAsync(Token);
        await holder.QueryAsync("select 1");

        var report = await Probe.TestAsync(SandboxClusters.OrdersProd, pool, Token);

        report.Of(ProbeStep.SignedIn)!.State.ShouldBe(FindingState.Ok, Told(report));
        report.Of(ProbeStep.Time)!.State.ShouldBe(FindingState.Failed);
        report.Of(ProbeStep.Time)!.Means.ShouldBe("All 1 server connections of the pool are busy, and clients wait for one.");
        report.Words.ShouldBe("failed: no server connection came free within 5 s");
    }

    [Fact]
    public async Task A_private_endpoint_that_the_portal_cannot_reach_is_grey_with_a_line_for_ones_own_machine()
    {
        world.SkipUnlessLive();
        var pool = await world.LiveAsync(await world.ManagedPoolAsync(Checkout));
        var inner = pool with { Endpoints = new PoolEndpoints { Private = new PoolEndpoint("private-orders.sandbox.invalid", 25061) } };
        var both = pool with { Endpoints = inner.Endpoints with { Public = pool.Endpoints.Public } };
        var password = new Secret(await world.PasswordOfAsync("checkout"));

        var report = await Probe.TestAsync(SandboxClusters.OrdersProd, inner, "checkout", password, Token);

        report.Connected.ShouldBeNull();
        var finding = report.Of(ProbeStep.Reached)!;
        finding.State.ShouldBe(FindingState.NotReachable);
        finding.Words.ShouldBe("private-orders.sandbox.invalid:25061 over the private network (VPC): host not found.");
        finding.Command.ShouldBe($"psql \"host=private-orders.sandbox.invalid port=25061 dbname={pool.Name} user=checkout sslmode=require\"");
        report.Spoken.ShouldBe("Test finished: the pool is not reachable from the portal.");
        (await Probe.TestAsync(SandboxClusters.OrdersProd, both, "checkout", password, Token)).Connected.ShouldBe(true);
    }

    [Theory]
    [InlineData(nameof(Network.Public), nameof(FindingState.Failed))]
    [InlineData(nameof(Network.Private), nameof(FindingState.NotReachable))]
    public async Task Nobody_listening_is_the_pools_fault_at_a_public_address_only(string network, string state)
    {
        world.SkipUnlessLive();
        var pool = await world.LiveAsync(await world.ManagedPoolAsync(Checkout));
        using var closed = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        closed.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.IPv6Loopback, 0)); // taken, and nobody listens
        var port = ((System.Net.IPEndPoint)closed.LocalEndPoint!).Port;
        var nowhere = new PoolEndpoint("localhost", port);
        pool = pool with { Endpoints = network is nameof(Network.Public) ? new PoolEndpoints { Public = nowhere } : new PoolEndpoints { Private = nowhere } };

        var report = await Probe.TestAsync(SandboxClusters.OrdersProd, pool, "checkout", new Secret("p"), Token);

        report.Of(ProbeStep.Reached)!.State.ToString().ShouldBe(state, Told(report));
        report.Words.ShouldEndWith(": connection refused");
    }

    [Fact]
    public async Task A_server_that_takes_the_connection_and_breaks_it_off_is_failed()
    {
        world.SkipUnlessLive();
        var pool = await world.LiveAsync(await world.ManagedPoolAsync(Checkout));
        await using var rude = new RudeServer();
        pool = pool with { Endpoints = new PoolEndpoints { Public = new PoolEndpoint("localhost", rude.Port) } };

        var report = await Probe.TestAsync(SandboxClusters.OrdersProd, pool, "checkout", new Secret("p"), Token);

        report.Findings.Single(finding => finding.State is FindingState.Failed).Words.ShouldBe("The connection broke off.", Told(report));
        report.Words.ShouldBe("failed: the connection broke off");
    }

    private static string Told(ProbeReport report) => string.Join('\n', report.Findings.Select(finding => finding.ToString()).Append(report.Words));
}
