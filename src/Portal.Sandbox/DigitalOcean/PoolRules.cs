namespace Portal.Sandbox.DigitalOcean;

/// <summary>What the API refuses about a pool.</summary>
/// <remarks>
/// DigitalOcean documents the rules, not the texts: of these only "pool name is not available" has been seen in the wild
/// (digitalocean/terraform-provider-digitalocean#925). A client that decides by any other text decides by an invention.
/// </remarks>
internal static class PoolRules
{
    /// <summary>PgBouncer pools a cluster (DigitalOcean, PostgreSQL limits).</summary>
    public const int MostPools = 21;

    private static readonly string[] Modes = ["session", "transaction", "statement"];

    public static async Task<(Pool? Pool, ApiProblem? Problem)> ReadAsync(HttpRequest request, string? name)
    {
        var (body, problem) = await ApiBody.ReadAsync(request);
        if (body is null)
        {
            return (null, problem);
        }

        var poolName = name;
        problem = poolName is null ? body.Text("name", isRequired: true, out poolName) : null;
        problem ??= body.Text("mode", isRequired: true, out _);
        problem ??= body.Text("db", isRequired: true, out _);
        // A user that is left out is no user: also in an update, which turns the pool into an inbound-user pool (digitalocean/doctl#1553).
        problem ??= body.Text("user", isRequired: false, out _);
        problem ??= body.Int32("size", out _);
        if (problem is not null)
        {
            return (null, problem);
        }

        body.Text("mode", isRequired: true, out var mode);
        body.Text("db", isRequired: true, out var database);
        body.Text("user", isRequired: false, out var user);
        body.Int32("size", out var size);
        return (new Pool(poolName, mode, size, database, user), null);
    }

    /// <summary>Whether the cluster takes changes to its pools at all.</summary>
    public static ApiProblem? CheckCluster(Cluster cluster)
    {
        if (!cluster.Facts.IsPostgreSql)
        {
            return ApiProblem.Unprocessable("connection pools are only supported for PostgreSQL clusters");
        }

        // What the API really says to a cluster that is creating, resizing, migrating or forking is not known.
        return cluster.Status == "online" ? null : ApiProblem.Unprocessable("cluster is not online");
    }

    public static ApiProblem? CheckNew(Pool pool, ClusterContents contents, ClusterFacts facts) =>
        CheckName(pool.Name)
        ?? (contents.Pool(pool.Name) is null ? null : ApiProblem.Unprocessable("pool name is not available"))
        ?? CheckFields(pool, contents)
        ?? (contents.Pools.Length < MostPools ? null : ApiProblem.Unprocessable($"a cluster cannot have more than {MostPools} connection pools"))
        ?? CheckBudget(pool, contents, facts);

    public static ApiProblem? CheckChanged(Pool pool, ClusterContents contents, ClusterFacts facts) =>
        CheckFields(pool, contents) ?? CheckBudget(pool, contents, facts);

    private static ApiProblem? CheckName(string name)
    {
        if (name.Length is < 3 or > 60)
        {
            return ApiProblem.Unprocessable("name must be between 3 and 60 characters");
        }

        // Which characters the API takes is not documented. These are the ones seen to work, and the ones PgBouncer takes unquoted.
        if (!Names.IsPlain(name))
        {
            return ApiProblem.Unprocessable("name may contain letters, digits, hyphens and underscores");
        }

        // PgBouncer's own administration database.
        return name == "pgbouncer" ? ApiProblem.Unprocessable("pool name is not available") : null;
    }

    private static ApiProblem? CheckFields(Pool pool, ClusterContents contents)
    {
        if (!Modes.Contains(pool.Mode, StringComparer.Ordinal))
        {
            return ApiProblem.Unprocessable("mode must be one of session, transaction, statement");
        }

        if (pool.Size < 1)
        {
            return ApiProblem.Unprocessable("size must be at least 1");
        }

        if (!contents.Databases.Contains(pool.Database, StringComparer.Ordinal))
        {
            return ApiProblem.Unprocessable("database does not exist");
        }

        return pool.IsInbound || contents.User(pool.User) is not null ? null : ApiProblem.Unprocessable("user does not exist");
    }

    private static ApiProblem? CheckBudget(Pool pool, ClusterContents contents, ClusterFacts facts)
    {
        var others = contents.Pools.Where(other => other.Name != pool.Name).Sum(other => (long)other.Size);
        return others + pool.Size <= facts.Budget
            ? null
            : ApiProblem.Unprocessable("size exceeds the backend connections available to the cluster");
    }
}
