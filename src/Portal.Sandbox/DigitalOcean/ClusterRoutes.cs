using System.Text;

namespace Portal.Sandbox.DigitalOcean;

/// <summary>The account, the options and the clusters: what is only ever read.</summary>
internal static class ClusterRoutes
{
    private const string One = "/v2/databases/{database_cluster_uuid}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v2/account", () => WireJson.Ok(Catalogue.Account)).WithName("account_get").Requires("account:read");
        routes.MapGet("/v2/databases/options", () => WireJson.Ok(Catalogue.Options)).WithName("databases_list_options").Requires("database:read");
        routes.MapGet("/v2/databases", List).WithName("databases_list_clusters").Requires("database:read");
        routes.MapGet(One, Get).WithName("databases_get_cluster").Requires("database:read");
        routes.MapGet(One + "/ca", GetCertificate).WithName("databases_get_ca").Requires("database:read");
        routes.MapGet(One + "/firewall", ListRules).WithName("databases_list_firewall_rules").Requires("database:read");
        routes.MapGet(One + "/replicas", ListReplicas).WithName("databases_list_replicas").Requires("database:read");
        routes.MapGet("/v2/databases/metrics/credentials", (Cloud cloud) => WireJson.Ok(new WireMetricsCredentialsBody(cloud.MetricsCredentials)))
            .WithName("databases_get_cluster_metrics_credentials")
            .Requires("database:update", ApiToken.ViewCredentials);
        routes.Map("/v2/{**rest}", () => new ApiProblemResult(ApiProblem.NotFound));
    }

    private static IResult List(HttpContext context, Cloud cloud) =>
        WireJson.Ok(new WireClustersBody([.. cloud.WithTag(context.Request.Query["tag_name"]).Select(cluster => cluster.ToWire(context.Token()))]));

    // What the API says to a replica's id here is not known; a client that needs this answer cannot do without luck, so there is none.
    private static IResult Get(HttpContext context, Cloud cloud) => cloud.OfRoute(context) is { Primary: not null }
        ? new ApiProblemResult(ApiProblem.ClusterNotFound)
        : Of(context, cloud, cluster => new WireClusterBody(cluster.ToWire(context.Token())));

    private static IResult GetCertificate(HttpContext context, Cloud cloud) =>
        Of(context, cloud, cluster => new WireCertificateBody(new WireCertificate(Convert.ToBase64String(Encoding.ASCII.GetBytes(cluster.Authority.Pem)))));

    private static IResult ListRules(HttpContext context, Cloud cloud) => Of(context, cloud, cluster => new WireRulesBody(cluster.Facts.Rules));

    private static IResult ListReplicas(HttpContext context, Cloud cloud) =>
        Of(context, cloud, cluster => new WireReplicasBody([.. cloud.ReplicasOf(cluster).Select(replica => replica.ToReplicaWire(context.Token()))]));

    private static IResult Of<TBody>(HttpContext context, Cloud cloud, Func<Cluster, TBody> body) => cloud.OfRoute(context) is { } cluster
        ? WireJson.Ok(body(cluster))
        : new ApiProblemResult(ApiProblem.ClusterNotFound);
}
