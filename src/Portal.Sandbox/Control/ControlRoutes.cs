using System.Text.Json;
using Portal.Sandbox.Clusters;
using Portal.Sandbox.DigitalOcean;
using Portal.Sandbox.SignIn;
using Portal.Sandbox.Vault;

namespace Portal.Sandbox.Control;

/// <summary>What a test or a person turns at: <c>/sandbox</c>.</summary>
internal static class ControlRoutes
{
    private static readonly string[] Statuses = ["creating", "online", "resizing", "migrating", "forking"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var control = routes.MapGroup("/sandbox");
        control.MapGet("/", Status);
        control.MapGet("/ready", (LiveClusters clusters) => clusters.IsReady
            ? Json(new { ready = true, live = clusters.IsLive })
            : Json(new { ready = false, live = clusters.IsLive }, StatusCodes.Status503ServiceUnavailable));

        control.MapGet("/accounts", (IssuerAddress issuer) => Json(new { issuer = issuer.Value, accounts = SandboxAccount.All }));

        control.MapGet("/faults", (Faults faults) => Json(new { faults = faults.Waiting }));
        control.MapPost("/faults", AddFaultAsync);
        control.MapDelete("/faults", (Faults faults) =>
        {
            faults.Clear();
            return Results.NoContent();
        });

        control.MapGet("/ledger", (Ledger ledger, long? since) => Json(new { entries = ledger.Since(since ?? 0) }));

        control.MapPost("/seal", (VaultDoor door) => Seal(door, isSealed: true));
        control.MapPost("/unseal", (VaultDoor door) => Seal(door, isSealed: false));
        control.MapPost("/vault/{**path}", WriteSecretAsync);
        control.MapPost("/keys/rotate", (SigningKeys keys) => Json(new { kid = keys.Rotate() }));
        control.MapPost("/client-key", (ClientKey key, VaultSecrets secrets) => Json(new { path = WriteKey(key, secrets) }, StatusCodes.Status201Created));
        control.MapPost("/sign-out/{account}", SignOutAsync);
        control.MapPost("/clusters/{name}/status", SetStatusAsync);
    }

    /// <summary>Where in the vault the portal finds its key, in the field <c>client_key</c>.</summary>
    public static string WriteKey(ClientKey key, VaultSecrets secrets)
    {
        const string Path = "pool-portal/sign-in-key";
        secrets.Write(Path, JsonSerializer.SerializeToElement(new { client_key = key.Register() }));
        return Path;
    }

    private static async Task<IResult> SignOutAsync(string account, ProviderLogout logout, CancellationToken cancellationToken) =>
        SandboxAccount.Find(account) is { } found
            ? Json(new { answers = await logout.CallAsync(found, cancellationToken) })
            : Results.NotFound();

    private static IResult Status(LiveClusters clusters, Cloud cloud, VaultDoor door, SigningKeys keys, IssuerAddress issuer, Faults faults) => Json(new
    {
        version = typeof(ControlRoutes).Assembly.GetName().Version?.ToString(3),
        ready = clusters.IsReady,
        live = clusters.IsLive,
        whyNotLive = clusters.WhyNot,
        postgres = clusters.Binaries?.PostgresVersion.ToString(),
        pgBouncer = clusters.Binaries?.PgBouncerVersion.ToString(),
        issuer = issuer.Value,
        kid = keys.Current.KeyId,
        @sealed = door.IsSealed,
        faults = faults.Waiting.Count,
        clusterCount = cloud.Clusters.Length,
        clusters = cloud.Clusters.Take(4).Select(cluster => new
        {
            id = cluster.Facts.Id,
            name = cluster.Facts.Name,
            engine = cluster.Facts.Engine,
            status = cluster.Status,
            budget = cluster.Facts.Budget,
            pools = cluster.Contents.Pools.Length,
            live = cluster.Live.IsCompletedSuccessfully && cluster.Live.Result is not null,
            host = cluster.Address.Host,
            poolPort = cluster.Address.PoolPort,
            directPort = cluster.Address.DirectPort,
        }),
    });

    private static async Task<IResult> AddFaultAsync(HttpContext context, Faults faults)
    {
        try
        {
            var fault = await context.Request.ReadFromJsonAsync<Fault>(ControlJson.Options);
            if (fault is null)
            {
                return Wrong("a fault is wanted");
            }

            faults.Add(fault);
            return Json(fault, StatusCodes.Status201Created);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            return Wrong(exception.Message);
        }
    }

    private static IResult Seal(VaultDoor door, bool isSealed)
    {
        door.IsSealed = isSealed;
        return Results.NoContent();
    }

    private static async Task<IResult> WriteSecretAsync(HttpContext context, string path, VaultSecrets secrets)
    {
        try
        {
            var data = await context.Request.ReadFromJsonAsync<JsonElement>();
            return data.ValueKind == JsonValueKind.Object
                ? Json(new { version = secrets.Write(path, data)!.Number }, StatusCodes.Status201Created)
                : Wrong("a JSON object is wanted");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return Wrong(exception.Message);
        }
    }

    private static async Task<IResult> SetStatusAsync(HttpContext context, string name, Cloud cloud)
    {
        if (cloud.FindByName(name) is not { } cluster)
        {
            return Results.NotFound();
        }

        try
        {
            var wanted = await context.Request.ReadFromJsonAsync<ClusterStatus>(ControlJson.Options);
            if (wanted is null || !Statuses.Contains(wanted.Status, StringComparer.Ordinal))
            {
                return Wrong($"status must be one of {string.Join(", ", Statuses)}");
            }

            cluster.Status = wanted.Status;
            return Results.NoContent();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return Wrong(exception.Message);
        }
    }

    private static IResult Json<T>(T value, int status = StatusCodes.Status200OK) => Results.Json(value, ControlJson.Options, statusCode: status);

    private static IResult Wrong(string message) => Json(new { error = message }, StatusCodes.Status400BadRequest);

    private sealed record ClusterStatus(string Status);
}
