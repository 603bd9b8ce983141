using Portal.Sandbox.Control;

namespace Portal.Sandbox.DigitalOcean;

/// <summary>Connection pools. Each route has the name and the path that its operation has in the specification.</summary>
internal static class PoolRoutes
{
    private const string Pools = "/v2/databases/{database_cluster_uuid}/pools";
    private const string One = Pools + "/{pool_name}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Pools, List).WithName("databases_list_connectionPools").Requires("database:read");
        routes.MapPost(Pools, AddAsync).WithName("databases_add_connectionPool").Requires("database:create");
        routes.MapGet(One, Get).WithName("databases_get_connectionPool").Requires("database:read");
        routes.MapPut(One, UpdateAsync).WithName("databases_update_connectionPool").Requires("database:update");
        routes.MapDelete(One, DeleteAsync).WithName("databases_delete_connectionPool").Requires("database:delete");
    }

    private static IResult List(HttpContext context, Cloud cloud) => cloud.OfRoute(context) is { } cluster
        ? WireJson.Ok(new WirePoolsBody([.. cluster.Contents.Pools.Select(pool => pool.ToWire(cluster, context.Token()))]))
        : new ApiProblemResult(ApiProblem.ClusterNotFound);

    private static IResult Get(HttpContext context, Cloud cloud)
    {
        if (cloud.OfRoute(context) is not { } cluster)
        {
            return new ApiProblemResult(ApiProblem.ClusterNotFound);
        }

        return cluster.Contents.Pool(context.Named("pool_name")) is { } pool
            ? WireJson.Ok(new WirePoolBody(pool.ToWire(cluster, context.Token())))
            : new ApiProblemResult(ApiProblem.NotFound);
    }

    private static async Task<IResult> AddAsync(HttpContext context, Cloud cloud)
    {
        if (cloud.OfRoute(context) is not { } cluster)
        {
            return new ApiProblemResult(ApiProblem.ClusterNotFound);
        }

        var (pool, problem) = await PoolRules.ReadAsync(context.Request, name: null);
        problem ??= PoolRules.CheckCluster(cluster);
        context.Exchange().Pool = pool?.Name;
        if (pool is null || problem is not null)
        {
            return new ApiProblemResult(problem!);
        }

        problem = await cluster.ChangeAsync(
            contents => PoolRules.CheckNew(pool, contents, cluster.Facts) is { } refused
                ? (null, refused)
                : (contents with { Pools = contents.Pools.Add(pool) }, null),
            (live, after) => live.ShowPoolsAsync(after, changed: null));
        if (problem is not null)
        {
            return new ApiProblemResult(problem);
        }

        context.Exchange().Effect = Effect.Created;
        return WireJson.Ok(new WirePoolBody(pool.ToWire(cluster, context.Token())), StatusCodes.Status201Created);
    }

    private static async Task<IResult> UpdateAsync(HttpContext context, Cloud cloud)
    {
        if (cloud.OfRoute(context) is not { } cluster)
        {
            return new ApiProblemResult(ApiProblem.ClusterNotFound);
        }

        var name = context.Named("pool_name");
        context.Exchange().Pool = name;
        if (cluster.Contents.Pool(name) is null)
        {
            return new ApiProblemResult(ApiProblem.NotFound);
        }

        var (pool, problem) = await PoolRules.ReadAsync(context.Request, name);
        problem ??= PoolRules.CheckCluster(cluster);
        if (pool is null || problem is not null)
        {
            return new ApiProblemResult(problem!);
        }

        problem = await cluster.ChangeAsync(
            contents => contents.Pool(name) is not { } before ? (null, ApiProblem.NotFound)
                : PoolRules.CheckChanged(pool, contents, cluster.Facts) is { } refused ? (null, refused)
                : (contents with { Pools = contents.Pools.Replace(before, pool) }, null),
            (live, after) => live.ShowPoolsAsync(after, changed: pool));
        return Done(context, problem, Effect.Updated);
    }

    private static async Task<IResult> DeleteAsync(HttpContext context, Cloud cloud)
    {
        if (cloud.OfRoute(context) is not { } cluster)
        {
            return new ApiProblemResult(ApiProblem.ClusterNotFound);
        }

        var name = context.Named("pool_name");
        context.Exchange().Pool = name;
        if (cluster.Contents.Pool(name) is null)
        {
            return new ApiProblemResult(ApiProblem.NotFound);
        }

        if (PoolRules.CheckCluster(cluster) is { } refused)
        {
            return new ApiProblemResult(refused);
        }

        var problem = await cluster.ChangeAsync(
            contents => contents.Pool(name) is not { } pool
                ? (null, ApiProblem.NotFound)
                : (contents with { Pools = contents.Pools.Remove(pool) }, null),
            (live, after) => live.ShowPoolsAsync(after, changed: null));
        return Done(context, problem, Effect.Deleted);
    }

    private static IResult Done(HttpContext context, ApiProblem? problem, Effect effect)
    {
        if (problem is not null)
        {
            return new ApiProblemResult(problem);
        }

        context.Exchange().Effect = effect;
        return Results.NoContent();
    }
}
