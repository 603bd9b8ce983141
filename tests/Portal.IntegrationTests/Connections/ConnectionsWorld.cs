using System.Collections.Concurrent;
using System.Net;
using System.Security.Claims;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Portal.Access;
using Portal.Connections;
using Portal.DigitalOcean;
using Portal.Inventory;
using Portal.Sandbox;
using Portal.Storage;

namespace Portal.IntegrationTests.Connections;

/// <summary>A portal beside a sandbox whose clusters are live where the machine can run them.</summary>
public sealed class LiveWorld() : ConnectionsWorld(isLive: true);

/// <summary>A portal beside a sandbox without processes: everything but connecting.</summary>
public sealed class QuickWorld() : ConnectionsWorld(isLive: false);

/// <summary>The same, on clusters that let the user checkout ask PgBouncer for its statistics.</summary>
public sealed class TellingWorld() : ConnectionsWorld(isLive: true, statsUsers: "checkout");

public abstract partial class ConnectionsWorld(bool isLive, string? statsUsers = null) : IAsyncLifetime
{
    private readonly TestDatabase _database = TestDatabase.Sqlite();
    private readonly ConcurrentBag<string> _there = [];
    private readonly ConcurrentDictionary<PoolMode, string> _lasting = new();
    private int _pools;

    internal SandboxHost Sandbox { get; private set; } = null!;

    internal PortalHost Portal { get; private set; } = null!;

    internal DigitalOceanClient Api => Portal.Of<DigitalOceanClient>();

    public async ValueTask InitializeAsync()
    {
        Sandbox = await SandboxHost.StartAsync(new SandboxOptions { Live = isLive, RequestsPerMinute = 5000, StatsUsers = statsUsers }, TestContext.Current.CancellationToken);
        Portal = await PortalHost.StartAsync(Sandbox, _database, settings => settings["Teams:0:Uses:0:User"] = "*");
        await Portal.ReadAsync(SandboxClusters.OrdersProd);
        await Portal.ReadAsync(SandboxClusters.PaymentsStaging);
    }

    public async ValueTask DisposeAsync()
    {
        await Portal.DisposeAsync();
        await Sandbox.DisposeAsync();
        _database.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A desk of its own, which has nothing kept of the clusters yet.</summary>
    internal ConnectionDesk DeskOn(DigitalOceanClient api)
    {
        var certificates = new CertificateShelf(api, TimeProvider.System);
        var directs = new DirectShelf(api, Portal.Of<Database>(), TimeProvider.System);
        return new ConnectionDesk(
            Portal.Of<Sessions>(),
            Portal.Of<InventoryQueries>(),
            api,
            Portal.Of<ConnectionRights>(),
            Portal.Of<ConnectionProof>(),
            Portal.Of<ConnectionRecord>(),
            certificates,
            new SurroundingsReader(api, directs, certificates, Portal.Of<Database>()),
            directs,
            Portal.Of<ConnectionChoices>(),
            NullLogger<ConnectionDesk>.Instance);
    }

    /// <summary>A pool that the portal answers for, for the team Payments unless another is named.</summary>
    internal async Task<string> ManagedPoolAsync(PoolFields fields, string team = "Payments", PoolFields? approved = null)
    {
        var name = await UnmanagedPoolAsync(fields);
        approved ??= fields;
        await Portal.Of<Database>().WriteAsync(
            (db, _) =>
            {
                db.Add(new ManagedPool
                {
                    ClusterId = SandboxClusters.OrdersProd,
                    Name = name,
                    Team = team,
                    OwnerId = "someone",
                    OwnerName = "Someone",
                    Mode = approved.Mode,
                    Size = approved.Size,
                    Database = approved.Database,
                    User = approved.User,
                    ManagedSince = DateTimeOffset.UtcNow,
                    LastChangeId = 1,
                    LastChangedAt = DateTimeOffset.UtcNow,
                });
                return Task.CompletedTask;
            },
            CancellationToken.None);
        return name;
    }

    /// <summary>The pool of checkout in this mode, the same for every test that only connects. Its user has a hostile password.</summary>
    internal async Task<string> LastingPoolAsync(PoolMode mode)
    {
        if (!_lasting.TryGetValue(mode, out var name))
        {
            name = await ManagedPoolAsync(new PoolFields(mode, 2, "checkout", "checkout"));
            _lasting[mode] = name;
        }

        return name;
    }

    internal async Task<string> UnmanagedPoolAsync(PoolFields fields)
    {
        var name = $"pool-{Interlocked.Increment(ref _pools)}";
        (await Api.CreatePoolAsync(SandboxClusters.OrdersProd, new NewPool(name, fields), CancellationToken.None))
            .TryGet(out _, out var failure).ShouldBeTrue(failure?.ToString());
        _there.Add(name);
        return name;
    }

    /// <summary>A cluster takes 21 pools, fewer than there are tests.</summary>
    internal async ValueTask RemovePoolsAsync()
    {
        var lasting = _lasting.Values;
        var passing = new List<string>();
        while (_there.TryTake(out var name))
        {
            passing.Add(name);
        }

        foreach (var name in passing.Except(lasting, StringComparer.Ordinal))
        {
            _ = await Api.DeletePoolAsync(SandboxClusters.OrdersProd, name, CancellationToken.None);
        }
    }

    internal async Task<string> PasswordOfAsync(string user) =>
        (await Api.GetUserCredentialsAsync(SandboxClusters.OrdersProd, user, CancellationToken.None))
            .Match(found => found.Password!.Reveal(), failure => throw new InvalidOperationException(failure.ToString()));

    internal async Task<Browser> SignInAsync(string name, Role role, params string[] groups) =>
        await Browser.OpenAsync(Portal, await Portal.SignInAsync(name, role, groups));

    internal Task<Browser> SignInDeveloperAsync() => SignInAsync("developer", Role.Developer, "payments");

    /// <summary>Somebody's cookies and the antiforgery token of a page that they have open.</summary>
    internal sealed partial class Browser(HttpClient http, string token) : IDisposable
    {
        public HttpClient Http => http;

        public static async Task<Browser> OpenAsync(PortalHost portal, SessionKey session)
        {
            var cookies = new CookieContainer();
            var options = portal.Of<IOptionsMonitor<CookieAuthenticationOptions>>().Get(SessionPrincipal.Scheme);
            var identity = new ClaimsIdentity([new Claim("Microsoft.AspNetCore.Authentication.Cookies-SessionId", session.Value)], SessionPrincipal.Scheme);
            var ticket = new AuthenticationTicket(new ClaimsPrincipal(identity), SessionPrincipal.Scheme);
            cookies.Add(portal.Address, new Cookie(options.Cookie.Name!, options.TicketDataFormat.Protect(ticket)));

            var http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = portal.Address };
            var page = await http.GetStringAsync("/");
            return new Browser(http, TokenPattern().Match(page).Groups["token"].Value);
        }

        /// <summary>What the page's script sends; each field can be set otherwise, or left out by null.</summary>
        public Task<HttpResponseMessage> AskAsync(string pool, params (string Field, string? Value)[] fields)
        {
            var form = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["format"] = "uri",
                ["network"] = "public",
                ["verify"] = "false",
                ["connectAs"] = "",
                ["purpose"] = "copied",
                ["__RequestVerificationToken"] = token,
            };
            foreach (var (field, value) in fields)
            {
                form[field] = value;
            }

            var content = new FormUrlEncodedContent(form.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Key, field.Value)));
            return http.PostAsync($"/clusters/{SandboxClusters.OrdersProd}/pools/{pool}/connection", content);
        }

        public async Task<string> TextAsync(string pool, params (string Field, string? Value)[] fields)
        {
            using var answer = await AskAsync(pool, fields);
            var text = await answer.Content.ReadAsStringAsync();
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
            return text;
        }

        public void Dispose() => http.Dispose();

        [GeneratedRegex("""name="__RequestVerificationToken"[^>]* value="(?<token>[^"]+)""", RegexOptions.ExplicitCapture, 1000)]
        private static partial Regex TokenPattern();
    }
}
