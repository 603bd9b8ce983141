using System.Net;
using System.Net.Http.Headers;
using Portal.DigitalOcean.Calls;
using RestEase;

namespace Portal.DigitalOcean;

/// <summary>Asks DigitalOcean. The only place that knows its addresses, status codes and JSON.</summary>
/// <remarks>
/// Every method answers with a value or an <see cref="ApiFailure"/>. A read is repeated after what may pass (<see cref="DigitalOceanClientOptions"/>); a
/// change never, except once after a 401, with the token read again. A caller's own cancellation throws <see cref="OperationCanceledException"/>, also after an unsafe request was written: who
/// cancels one does not learn whether it took effect, and has to treat it as <see cref="ApiFailureKind.Unknown"/>.
/// Used by many threads; one instance for the whole application.
/// </remarks>
/// <seealso href="https://docs.digitalocean.com/reference/api/reference/databases/"/>
public sealed partial class DigitalOceanClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly ApiCaller _caller;

    /// <param name="options">Where the API is, and how long to wait.</param>
    /// <param name="tokens">Where the token comes from.</param>
    /// <param name="clock">For time-outs and <c>retry-after</c>.</param>
    /// <param name="observer">Sees every request; none by default.</param>
    /// <param name="around">
    /// Puts handlers around the one that sends: each attempt passes them; none by default. What it returns is disposed with the client.
    /// </param>
    /// <param name="breaker">The one that all clients of this host share; one of its own by default.</param>
    public DigitalOceanClient(
        DigitalOceanClientOptions options,
        IApiTokenSource tokens,
        TimeProvider clock,
        IApiCallObserver? observer = null,
        Func<HttpMessageHandler, HttpMessageHandler>? around = null,
        ApiBreaker? breaker = null)
        : this(options, tokens, clock, observer, around, CreateNetwork(options), breaker)
    {
    }

    internal DigitalOceanClient(
        DigitalOceanClientOptions options,
        IApiTokenSource tokens,
        TimeProvider clock,
        IApiCallObserver? observer,
        Func<HttpMessageHandler, HttpMessageHandler>? around,
        HttpMessageHandler network,
        ApiBreaker? breaker = null)
    {
        HttpMessageHandler handler = new CallHandler(network);
        _http = new HttpClient(around is null ? handler : around(handler))
        {
            BaseAddress = options.BaseUrl,
            MaxResponseContentBufferSize = CallHandler.MaximumAnswerBytes,
            // Each call has its own, which HttpClient's would only blur.
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue(
            "pool-portal", typeof(DigitalOceanClient).Assembly.GetName().Version?.ToString(fieldCount: 3)));

        var api = new RestClient(_http) { ResponseDeserializer = new WireJson() }.For<IDigitalOceanApi>();
        _caller = new ApiCaller(api, new ApiPatience(options, breaker ?? new ApiBreaker(clock), clock), tokens, clock, observer);
    }

    /// <summary>The allowance as the latest answer told it, whichever token it was for; null before the first.</summary>
    public RateLimit? LastSeen => _caller.LastSeen;

    /// <summary>Whose token it is. Scope: <c>account:read</c>.</summary>
    public Task<Result<Account, ApiFailure>> GetAccountAsync(CancellationToken cancellationToken) =>
        ReadAsync("account_get", (api, bearer, token) => api.GetAccountAsync(bearer, token), wire => wire.ToModel(), cancellationToken);

    /// <summary>What is offered for PostgreSQL.</summary>
    public Task<Result<DatabaseOptions, ApiFailure>> GetOptionsAsync(CancellationToken cancellationToken) =>
        ReadAsync("databases_list_options", (api, bearer, token) => api.GetOptionsAsync(bearer, token), wire => wire.ToModel(), cancellationToken);

    /// <summary>Every cluster of the account, of any engine; the API does not page here.</summary>
    public Task<Result<IReadOnlyList<Cluster>, ApiFailure>> ListClustersAsync(CancellationToken cancellationToken) =>
        ReadAsync(
            "databases_list_clusters",
            (api, bearer, token) => api.ListClustersAsync(bearer, token),
            wire => Mapping.List(wire.Databases, Mapping.ToModel),
            cancellationToken);

    public Task<Result<Cluster, ApiFailure>> GetClusterAsync(Guid cluster, CancellationToken cancellationToken) =>
        ReadAsync(
            "databases_get_cluster",
            (api, bearer, token) => api.GetClusterAsync(bearer, cluster, token),
            wire => wire.Database.ToModel(),
            cancellationToken);

    /// <summary>The certificate that verifies the servers of a cluster.</summary>
    public Task<Result<CertificateAuthority, ApiFailure>> GetCertificateAuthorityAsync(Guid cluster, CancellationToken cancellationToken) =>
        ReadAsync(
            "databases_get_ca",
            (api, bearer, token) => api.GetCertificateAuthorityAsync(bearer, cluster, token),
            wire => wire.ToModel(),
            cancellationToken);

    /// <summary>The names of a cluster's databases.</summary>
    public Task<Result<IReadOnlyList<string>, ApiFailure>> ListDatabasesAsync(Guid cluster, CancellationToken cancellationToken) =>
        ReadAsync(
            "databases_list",
            (api, bearer, token) => api.ListDatabasesAsync(bearer, cluster, token),
            wire => Mapping.List(wire.Dbs, Mapping.ToModel),
            cancellationToken);

    public Task<Result<IReadOnlyList<DatabaseUser>, ApiFailure>> ListUsersAsync(Guid cluster, CancellationToken cancellationToken) =>
        ReadAsync(
            "databases_list_users",
            (api, bearer, token) => api.ListUsersAsync(bearer, cluster, token),
            wire => Mapping.List(wire.Users, Mapping.ToModel),
            cancellationToken);

    /// <summary>Whether a token may read passwords (scope <c>database:view_credentials</c>): looks whether there is any, and keeps none.</summary>
    /// <param name="cluster">Any cluster with a user.</param>
    /// <param name="purpose">Which of the two tokens is tried.</param>
    /// <param name="cancellationToken">The caller's own.</param>
    public Task<Result<bool, ApiFailure>> SeesPasswordsAsync(Guid cluster, TokenPurpose purpose, CancellationToken cancellationToken) =>
        ReadAsync(
            "databases_list_users",
            (api, bearer, token) => api.SeeUsersAsync(bearer, cluster, token),
            wire => wire.Users?.Any(user => user is { HasPassword: true }) == true,
            purpose,
            cancellationToken);

    /// <summary>The trusted sources of a cluster.</summary>
    public Task<Result<IReadOnlyList<FirewallRule>, ApiFailure>> ListFirewallRulesAsync(Guid cluster, CancellationToken cancellationToken) =>
        ReadAsync(
            "databases_list_firewall_rules",
            (api, bearer, token) => api.ListFirewallRulesAsync(bearer, cluster, token),
            wire => Mapping.List(wire.Rules, Mapping.ToModel),
            cancellationToken);

    public Task<Result<IReadOnlyList<Replica>, ApiFailure>> ListReplicasAsync(Guid cluster, CancellationToken cancellationToken) =>
        ReadAsync(
            "databases_list_replicas",
            (api, bearer, token) => api.ListReplicasAsync(bearer, cluster, token),
            wire => Mapping.List(wire.Replicas, Mapping.ToModel),
            cancellationToken);

    public void Dispose() => _http.Dispose();

    private static SocketsHttpHandler CreateNetwork(DigitalOceanClientOptions options) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = options.ConnectTimeout,
        // Long enough to reuse connections, short enough to follow a change of DNS.
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    };

    private Task<Result<TModel, ApiFailure>> ReadAsync<TWire, TModel>(
        string operation,
        Func<IDigitalOceanApi, string, CancellationToken, Task<Response<TWire>>> send,
        Func<TWire, TModel> read,
        CancellationToken cancellationToken)
        where TModel : notnull =>
        ReadAsync(operation, send, read, TokenPurpose.Manage, cancellationToken);

    private Task<Result<TModel, ApiFailure>> ReadAsync<TWire, TModel>(
        string operation,
        Func<IDigitalOceanApi, string, CancellationToken, Task<Response<TWire>>> send,
        Func<TWire, TModel> read,
        TokenPurpose purpose,
        CancellationToken cancellationToken)
        where TModel : notnull =>
        _caller.CallAsync(
            new Operation(operation, HttpMethod.Get, purpose),
            body: null,
            (api, bearer, _, token) => send(api, bearer, token),
            (wire, _) => read(wire),
            cancellationToken);
}
