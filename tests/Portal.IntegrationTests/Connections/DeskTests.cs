using Microsoft.Extensions.Logging.Abstractions;
using Portal.Access;
using Portal.Audit;
using Portal.Connections;
using Portal.Connections.Probing;
using Portal.DigitalOcean;
using Portal.Inventory;
using Portal.Sandbox;

namespace Portal.IntegrationTests.Connections;

/// <summary>The desk between its calls: what changes there, what the token cannot read, and what the portal can tell about reaching a pool.</summary>
public sealed class DeskTests(QuickWorld world) : IClassFixture<QuickWorld>, IAsyncDisposable
{
    private static readonly PoolFields Checkout = new(PoolMode.Transaction, 2, "checkout", "checkout");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => world.RemovePoolsAsync();

    [Theory]
    [InlineData("checkout", "orders", "orders_app")] // another user's password would come back
    [InlineData("checkout", "orders", "checkout")]
    [InlineData("checkout", "checkout", null)]
    [InlineData(null, "checkout", "doadmin")]
    [InlineData(null, "orders", null)]
    public async Task A_pool_that_is_changed_between_permission_and_password_gives_nothing(string? before, string database, string? user)
    {
        var pool = await world.ManagedPoolAsync(Checkout with { User = before });
        using var api = ClientThat(new Meddler(first: $"/pools/{pool}", async () =>
            (await world.Api.UpdatePoolAsync(SandboxClusters.OrdersProd, pool, new PoolFields(PoolMode.Transaction, 2, database, user), CancellationToken.None))
                .TryGet(out _, out var failure).ShouldBeTrue(failure?.ToString())));

        var answer = await DeskOn(api).HandOutAsync(await world.Portal.SignInDeveloperAsync(), Request(pool, before is null ? "app" : null), Token);

        answer.TryGet(out _, out var why).ShouldBeFalse();
        why!.Kind.ShouldBe(NotHandedOutKind.ChangedMeanwhile);
        ActionsFor(pool).ShouldBe([AuditAction.ConnectionAsked, AuditAction.ConnectionNotHandedOut]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("app")]
    public async Task A_token_that_may_not_read_passwords_is_an_ordinary_case_with_words(string? connectAs)
    {
        var pool = await world.ManagedPoolAsync(Checkout with { User = connectAs is null ? "checkout" : null });
        using var api = ClientThat(Relay, "dop_v1_sandbox_noview");
        var session = await world.Portal.SignInDeveloperAsync();

        (await DeskOn(api).DescribeAsync(session, SandboxClusters.OrdersProd, pool, Token)).TryGet(out var facts, out _).ShouldBeTrue();
        (await DeskOn(api).HandOutAsync(session, Request(pool, connectAs), Token)).TryGet(out _, out var why).ShouldBeFalse();

        facts!.WhyNot.ShouldBeNull();
        why!.Kind.ShouldBe(NotHandedOutKind.NoPassword);
        why.Happened.ShouldBe("The portal's token may not read passwords (database:view_credentials).");
        why.ToDo.ShouldBe("Copy it without the password and put in your own.");
        ActionsFor(pool).ShouldBe([AuditAction.ConnectionAsked, AuditAction.ConnectionNotHandedOut]);
    }

    [Fact]
    public async Task The_facts_of_a_card_are_read_live_and_hold_no_password()
    {
        var pool = await world.ManagedPoolAsync(new PoolFields(PoolMode.Session, 2, "orders", "orders_app"), approved: Checkout);

        (await world.Portal.Of<ConnectionDesk>().DescribeAsync(await world.Portal.SignInDeveloperAsync(), SandboxClusters.OrdersProd, pool, Token))
            .TryGet(out var facts, out var trouble).ShouldBeTrue(trouble?.Happened);

        facts!.ClusterName.ShouldBe("orders-prod");
        facts.Pool.Fields.ShouldBe(new PoolFields(PoolMode.Session, 2, "orders", "orders_app"));
        facts.WhyNot!.ShouldContain("changed outside the portal");
        facts.Networks(ConnectionUse.Pool, ConnectionServer.Primary).ShouldBe([Network.Public]);
        facts.Surroundings.ShouldBe(ClusterSurroundings.None);
        facts.ToString().ShouldNotContain(await world.PasswordOfAsync("orders_app"));
    }

    [Fact]
    public async Task Of_an_inbound_pool_the_card_offers_the_users_of_the_team()
    {
        var pool = await world.ManagedPoolAsync(Checkout with { User = null });
        var desk = world.Portal.Of<ConnectionDesk>();

        (await desk.DescribeAsync(await world.Portal.SignInDeveloperAsync(), SandboxClusters.OrdersProd, pool, Token)).TryGet(out var own, out _).ShouldBeTrue();
        (await desk.DescribeAsync(await world.Portal.SignInAsync("d2", Role.Developer, "orders"), SandboxClusters.OrdersProd, pool, Token)).TryGet(out var others, out _).ShouldBeTrue();

        own!.Choices.ShouldBe(["app", "checkout", "orders_app", "reporting"]);
        own.WhyNot.ShouldBeNull();
        others!.Choices.ShouldBeEmpty();
        others.WhyNot.ShouldNotBeNull();
    }

    [Fact]
    public async Task Closing_the_page_in_the_middle_is_recorded()
    {
        var pool = await world.ManagedPoolAsync(Checkout);
        using var closing = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var api = ClientThat(new Meddler(first: $"/pools/{pool}", () => closing.CancelAsync(), second: true));

        await Should.ThrowAsync<OperationCanceledException>(async () =>
            await DeskOn(api).HandOutAsync(await world.Portal.SignInDeveloperAsync(), Request(pool), closing.Token));

        ActionsFor(pool).ShouldBe([AuditAction.ConnectionAsked, AuditAction.ConnectionNotHandedOut]);
    }

    [Fact]
    public async Task A_pool_that_the_portal_cannot_reach_is_grey_and_not_red()
    {
        var pool = await world.ManagedPoolAsync(Checkout);

        var result = await world.Portal.Of<PoolProbe>().TestAsync(SandboxClusters.OrdersProd, pool, Token);

        result.Connected.ShouldBeNull();
        result.Words.ShouldBe("not reachable from the portal: host not found");
    }

    [Fact]
    public async Task A_pool_that_cannot_be_tested_says_why()
    {
        var inbound = await world.ManagedPoolAsync(Checkout with { User = null });
        var pool = await world.ManagedPoolAsync(Checkout);
        using var noView = ClientThat(Relay, "dop_v1_sandbox_noview");

        (await ProbeOn(world.Api).TestAsync(SandboxClusters.OrdersProd, inbound, Token)).Words
            .ShouldBe("not tested: the pool has no user of its own; each session brings its own");
        (await ProbeOn(noView).TestAsync(SandboxClusters.OrdersProd, pool, Token)).Words.ShouldBe("not tested: the token may not read passwords");
        (await ProbeOn(world.Api).TestAsync(SandboxClusters.OrdersProd, "gone-pool", Token)).Words
            .ShouldBe("not tested: DigitalOcean does not know this cluster or pool any more");
    }

    private static HttpMessageHandler Relay(HttpMessageHandler network) => network;

    private ConnectionDesk DeskOn(DigitalOceanClient api) => world.DeskOn(api);

    private PoolProbe ProbeOn(DigitalOceanClient api) =>
        new(api, new CertificateShelf(api, TimeProvider.System), world.Portal.Of<InventoryQueries>(), new UseLook(api, TimeProvider.System), TimeProvider.System, NullLogger<PoolProbe>.Instance);

    private static ConnectionRequest Request(string pool, string? connectAs = null) =>
        new(SandboxClusters.OrdersProd, pool, "uri", new ConnectionWay(ConnectionUse.Pool, ConnectionServer.Primary, Network.Public), Verify: false, connectAs, ConnectionPurpose.Copied);

    private IEnumerable<string> ActionsFor(string pool) => world.Portal.Record.Where(row => row.Pool == pool).Select(row => row.Action);

    private DigitalOceanClient ClientThat(Meddler meddler) => ClientThat(network =>
    {
        meddler.InnerHandler = network;
        return meddler;
    });

    private DigitalOceanClient ClientThat(Func<HttpMessageHandler, HttpMessageHandler> around, string token = "dop_v1_sandbox") =>
        new(new DigitalOceanClientOptions { BaseUrl = world.Sandbox.Address, ReadRetries = 0 }, new OneToken(token), TimeProvider.System, observer: null, around);

    private sealed class OneToken(string token) : IApiTokenSource
    {
        public ValueTask<Result<ApiToken, TokenFailure>> GetAsync(TokenPurpose purpose, CancellationToken cancellationToken) =>
            ValueTask.FromResult<Result<ApiToken, TokenFailure>>(new ApiToken(new Secret(token), "1"));

        public void Refuse(ApiToken token)
        {
        }
    }

    /// <summary>Does something right after the first call to an address, or, when <paramref name="second"/>, right before the second.</summary>
    private sealed class Meddler(string first, Func<Task> deed, bool second = false) : DelegatingHandler
    {
        private int _calls;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (!request.RequestUri!.AbsolutePath.EndsWith(first, StringComparison.Ordinal))
            {
                return await base.SendAsync(request, cancellationToken);
            }

            var call = Interlocked.Increment(ref _calls);
            if (second && call == 2)
            {
                await deed();
            }

            var answer = await base.SendAsync(request, cancellationToken);
            if (!second && call == 1)
            {
                await answer.Content.LoadIntoBufferAsync(cancellationToken);
                await deed();
            }

            return answer;
        }
    }
}
