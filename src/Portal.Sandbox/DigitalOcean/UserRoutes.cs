using Portal.Sandbox.Control;

namespace Portal.Sandbox.DigitalOcean;

/// <summary>Databases and the users of a cluster.</summary>
internal static class UserRoutes
{
    private const string Databases = "/v2/databases/{database_cluster_uuid}/dbs";
    private const string Users = "/v2/databases/{database_cluster_uuid}/users";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Databases, ListDatabases).WithName("databases_list").Requires("database:read");
        routes.MapPost(Databases, AddDatabaseAsync).WithName("databases_add").Requires("database:create");
        routes.MapGet(Databases + "/{database_name}", GetDatabase).WithName("databases_get").Requires("database:read");
        routes.MapGet(Users, ListUsers).WithName("databases_list_users").Requires("database:read");
        routes.MapPost(Users, AddUserAsync).WithName("databases_add_user").Requires("database:create");
        routes.MapGet(Users + "/{username}", GetUser).WithName("databases_get_user").Requires("database:read");
        routes.MapPost(Users + "/{username}/reset_auth", ResetAsync).WithName("databases_reset_auth").Requires("database:update");
    }

    private static IResult ListDatabases(HttpContext context, Cloud cloud) => cloud.OfRoute(context) is { } cluster
        ? WireJson.Ok(new WireDatabasesBody([.. cluster.Contents.Databases.Select(name => new WireDatabase(name))]))
        : new ApiProblemResult(ApiProblem.ClusterNotFound);

    private static IResult GetDatabase(HttpContext context, Cloud cloud)
    {
        if (cloud.OfRoute(context) is not { } cluster)
        {
            return new ApiProblemResult(ApiProblem.ClusterNotFound);
        }

        var name = context.Named("database_name");
        return cluster.Contents.Databases.Contains(name, StringComparer.Ordinal)
            ? WireJson.Ok(new WireDatabaseBody(new WireDatabase(name)))
            : new ApiProblemResult(ApiProblem.NotFound);
    }

    private static async Task<IResult> AddDatabaseAsync(HttpContext context, Cloud cloud)
    {
        var (cluster, name, problem) = await ReadNewAsync(context, cloud);
        problem ??= await cluster!.ChangeAsync(
            contents => contents.Databases.Contains(name, StringComparer.Ordinal)
                ? (null, ApiProblem.Unprocessable("database name is not available"))
                : (contents with { Databases = contents.Databases.Add(name) }, null),
            (live, _) => live.AddDatabaseAsync(name));
        if (problem is not null)
        {
            return new ApiProblemResult(problem);
        }

        context.Exchange().Effect = Effect.Created;
        return WireJson.Ok(new WireDatabaseBody(new WireDatabase(name)), StatusCodes.Status201Created);
    }

    private static IResult ListUsers(HttpContext context, Cloud cloud) => cloud.OfRoute(context) is { } cluster
        ? WireJson.Ok(new WireUsersBody([.. cluster.Contents.Users.Select(user => user.ToWire(context.Token()))]))
        : new ApiProblemResult(ApiProblem.ClusterNotFound);

    private static IResult GetUser(HttpContext context, Cloud cloud)
    {
        if (cloud.OfRoute(context) is not { } cluster)
        {
            return new ApiProblemResult(ApiProblem.ClusterNotFound);
        }

        return cluster.Contents.User(context.Named("username")) is { } user
            ? WireJson.Ok(new WireUserBody(user.ToWire(context.Token())))
            : new ApiProblemResult(ApiProblem.NotFound);
    }

    private static async Task<IResult> AddUserAsync(HttpContext context, Cloud cloud)
    {
        var (cluster, name, problem) = await ReadNewAsync(context, cloud);
        var user = new DatabaseUser(name, Passwords.Plain());
        problem ??= await cluster!.ChangeAsync(
            contents => contents.User(name) is not null
                ? (null, ApiProblem.Unprocessable("user name is not available"))
                : (contents with { Users = contents.Users.Add(user) }, null),
            (live, after) => live.AddUserAsync(user, after));
        if (problem is not null)
        {
            return new ApiProblemResult(problem);
        }

        context.Exchange().Effect = Effect.Created;
        return WireJson.Ok(new WireUserBody(user.ToWire(context.Token())), StatusCodes.Status201Created);
    }

    private static async Task<IResult> ResetAsync(HttpContext context, Cloud cloud)
    {
        // Databases and users are the primary's to change.
        if (cloud.OfRoute(context) is not { Primary: null } cluster)
        {
            return new ApiProblemResult(ApiProblem.ClusterNotFound);
        }

        var name = context.Named("username");
        if (cluster.Contents.User(name) is null)
        {
            return new ApiProblemResult(ApiProblem.NotFound);
        }

        // The specification asks for a body and for nothing in it.
        var (_, problem) = await ApiBody.ReadAsync(context.Request);
        var user = new DatabaseUser(name, Passwords.Plain());
        problem ??= await cluster.ChangeAsync(
            contents => contents.User(name) is { } before
                ? (contents with { Users = contents.Users.Replace(before, user) }, null)
                : (null, ApiProblem.NotFound),
            (live, after) => live.ResetPasswordAsync(user, after));
        if (problem is not null)
        {
            return new ApiProblemResult(problem);
        }

        context.Exchange().Effect = Effect.Reset;
        return WireJson.Ok(new WireUserBody(user.ToWire(context.Token())));
    }

    private static async Task<(Cluster? Cluster, string Name, ApiProblem? Problem)> ReadNewAsync(HttpContext context, Cloud cloud)
    {
        if (cloud.OfRoute(context) is not { Primary: null } cluster)
        {
            return (null, "", ApiProblem.ClusterNotFound);
        }

        var (body, problem) = await ApiBody.ReadAsync(context.Request);
        var name = "";
        problem ??= body!.Text("name", isRequired: true, out name);
        return (cluster, name, problem ?? Names.CheckIdentifier(name));
    }
}
