using Portal.DigitalOcean;

namespace Portal.Tests.DigitalOcean;

internal sealed class CallList : IApiCallObserver
{
    public List<ApiCall> Calls { get; } = [];

    public void Seen(ApiCall call) => Calls.Add(call);
}

internal static class TestApi
{
    public const string Token = "dop_v1_canary";

    public static readonly Guid ClusterId = Guid.Parse("9cc10173-e9ea-4176-9dbc-a4cee4c4ff30");

    public static readonly PoolFields Fields = new(PoolMode.Transaction, 10, "defaultdb", "doadmin");

    public static readonly NewPool BackendPool = new("backend-pool", Fields);

    public const string PoolJson = """
        {"pool":{"name":"backend-pool","mode":"transaction","size":10,"db":"defaultdb","user":"doadmin",
        "connection":{"uri":"postgres://doadmin:hunter2@db.example:25061/backend-pool?sslmode=require","database":"backend-pool",
        "host":"db.example","port":25061,"user":"doadmin","password":"hunter2","ssl":true,"protocol":"postgresql"}}}
        """;

    /// <summary>Every method of the client, by the <c>operationId</c> it speaks of; the two credential reads stand apart.</summary>
    public static readonly IReadOnlyDictionary<string, Func<DigitalOceanClient, CancellationToken, Task<ApiFailure?>>> EveryCall =
        new Dictionary<string, Func<DigitalOceanClient, CancellationToken, Task<ApiFailure?>>>(StringComparer.Ordinal)
        {
            ["account_get"] = (api, c) => FailureOf(api.GetAccountAsync(c)),
            ["databases_list_options"] = (api, c) => FailureOf(api.GetOptionsAsync(c)),
            ["databases_list_clusters"] = (api, c) => FailureOf(api.ListClustersAsync(c)),
            ["databases_get_cluster"] = (api, c) => FailureOf(api.GetClusterAsync(ClusterId, c)),
            ["databases_get_ca"] = (api, c) => FailureOf(api.GetCertificateAuthorityAsync(ClusterId, c)),
            ["databases_list"] = (api, c) => FailureOf(api.ListDatabasesAsync(ClusterId, c)),
            ["databases_list_users"] = (api, c) => FailureOf(api.ListUsersAsync(ClusterId, c)),
            ["databases_list_users, with passwords or not"] = (api, c) => FailureOf(api.SeesPasswordsAsync(ClusterId, TokenPurpose.ViewCredentials, c)),
            ["databases_list_firewall_rules"] = (api, c) => FailureOf(api.ListFirewallRulesAsync(ClusterId, c)),
            ["databases_list_replicas"] = (api, c) => FailureOf(api.ListReplicasAsync(ClusterId, c)),
            ["databases_list_connectionPools"] = (api, c) => FailureOf(api.ListPoolsAsync(ClusterId, c)),
            ["databases_get_connectionPool"] = (api, c) => FailureOf(api.GetPoolAsync(ClusterId, "backend-pool", c)),
            ["databases_get_connectionPool, with its password"] = (api, c) => FailureOf(api.GetPoolConnectionAsync(ClusterId, "backend-pool", c)),
            ["databases_get_user, with its password"] = (api, c) => FailureOf(api.GetUserCredentialsAsync(ClusterId, "doadmin", c)),
            ["databases_add_connectionPool"] = (api, c) => FailureOf(api.CreatePoolAsync(ClusterId, BackendPool, c)),
            ["databases_update_connectionPool"] = (api, c) => FailureOf(api.UpdatePoolAsync(ClusterId, "backend-pool", Fields, c)),
            ["databases_delete_connectionPool"] = (api, c) => FailureOf(api.DeletePoolAsync(ClusterId, "backend-pool", c)),
            ["databases_reset_auth"] = (api, c) => FailureOf(api.ResetUserPasswordAsync(ClusterId, "app", c)),
        };

    public static TheoryData<string> EveryCallName => [.. EveryCall.Keys];

    public static TheoryData<string> EveryUnsafeCallName => [.. EveryCall.Keys.Skip(14)];

    /// <summary>A client that asks once; what one does that asks again is for <see cref="PatienceTests"/>.</summary>
    public static DigitalOceanClient Client(
        Uri address, IApiTokenSource? tokens = null, TimeProvider? clock = null, IApiCallObserver? observer = null) =>
        new(new DigitalOceanClientOptions { BaseUrl = address, ReadRetries = 0 }, tokens ?? new TokenList(Token), clock ?? TimeProvider.System, observer);

    public static async Task<ApiFailure?> FailureOf<T>(Task<Result<T, ApiFailure>> call)
        where T : notnull =>
        (await call).Match<ApiFailure?>(_ => null, failure => failure);

    public static async Task<T> ValueOf<T>(Task<Result<T, ApiFailure>> call)
        where T : notnull =>
        (await call).Match(value => value, failure => throw new InvalidOperationException(failure.ToString()));

    /// <summary>What the pool's page would get for this answer to GET.</summary>
    public static async Task<ApiFailure> FailureForAsync(string answer, TimeProvider? clock = null)
    {
        await using var server = RawServer.Answering(answer);
        using var api = Client(server.Address, clock: clock);
        return (await FailureOf(api.GetPoolAsync(ClusterId, "backend-pool", TestContext.Current.CancellationToken))).ShouldNotBeNull();
    }
}
