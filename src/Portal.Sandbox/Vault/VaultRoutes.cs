using System.Globalization;
using System.Text.Json;

namespace Portal.Sandbox.Vault;

/// <summary>A KV v2 engine at <c>secret/</c> and an AppRole, under <c>/v1</c>, as HashiCorp's Vault answers.</summary>
internal static class VaultRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/v1/auth/approle/login", ["POST", "PUT"], LogInAsync).WithName("vault_approle_login");
        routes.MapGet("/v1/auth/token/lookup-self", LookUp).WithName("vault_token_lookup");
        routes.MapMethods("/v1/auth/token/renew-self", ["POST", "PUT"], Renew).WithName("vault_token_renew");
        routes.MapGet("/v1/secret/data/{**path}", Read).WithName("vault_read");
        routes.MapMethods("/v1/secret/data/{**path}", ["POST", "PUT"], WriteAsync).WithName("vault_write");
        routes.MapGet("/v1/secret/metadata/{**path}", ReadMetadata).WithName("vault_metadata");
        routes.MapMethods("/v1/sys/health", ["GET", "HEAD"], Health).WithName("vault_health");
        routes.MapGet("/v1/sys/seal-status", SealStatus).WithName("vault_seal_status");

        // No policy speaks of any other path, and what no policy speaks of is denied, whether it exists or not.
        routes.Map("/v1/{**rest}", (HttpContext context, VaultDoor door) => door.Enter(context, out _) ?? VaultDoor.Denied());
    }

    private static async Task<IResult> LogInAsync(HttpContext context, VaultDoor door, VaultTokens tokens)
    {
        if (door.IsSealed)
        {
            return VaultDoor.Sealed();
        }

        var body = await ReadBodyAsync(context);
        if (body is null)
        {
            return VaultDoor.Error(StatusCodes.Status400BadRequest, "failed to parse JSON input");
        }

        if (Text(body.Value, "role_id") is not { Length: > 0 } roleId)
        {
            return VaultDoor.Error(StatusCodes.Status400BadRequest, "missing role_id");
        }

        return tokens.LogIn(roleId, Text(body.Value, "secret_id") ?? "") is { } token
            ? VaultAnswers.Authenticated(token)
            : VaultDoor.Error(StatusCodes.Status400BadRequest, "invalid role or secret ID");
    }

    private static IResult LookUp(HttpContext context, VaultDoor door, TimeProvider clock) =>
        door.Enter(context, out var token) ?? VaultAnswers.Token(token!, clock.GetUtcNow());

    private static IResult Renew(HttpContext context, VaultDoor door, VaultTokens tokens) =>
        door.Enter(context, out var token) ?? VaultAnswers.Authenticated(tokens.Renew(token!));

    private static IResult Read(HttpContext context, string path, VaultDoor door, VaultSecrets secrets)
    {
        if (door.Enter(context, out _) is { } refused)
        {
            return refused;
        }

        var versions = secrets.Versions(path);
        var wanted = context.Request.Query["version"].ToString();
        var number = 0;
        if (wanted.Length > 0 && !int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out number))
        {
            return VaultDoor.Error(StatusCodes.Status400BadRequest, "Field validation failed: error converting input for field \"version\"");
        }

        // Version 0 is the newest, as is none at all.
        var version = versions.FirstOrDefault(version => version.Number == (number == 0 ? versions.Count : number));
        return version is null ? VaultDoor.NotFound() : VaultAnswers.Secret(version);
    }

    private static async Task<IResult> WriteAsync(HttpContext context, string path, VaultDoor door, VaultSecrets secrets)
    {
        if (door.Enter(context, out _) is { } refused)
        {
            return refused;
        }

        var body = await ReadBodyAsync(context);
        if (body is null)
        {
            return VaultDoor.Error(StatusCodes.Status400BadRequest, "failed to parse JSON input");
        }

        if (!body.Value.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Object)
        {
            return VaultDoor.Error(StatusCodes.Status400BadRequest, "no data provided");
        }

        int? checkAndSet = null;
        if (body.Value.TryGetProperty("options", out var options) && options.ValueKind == JsonValueKind.Object && options.TryGetProperty("cas", out var cas))
        {
            if (cas.ValueKind != JsonValueKind.Number || !cas.TryGetInt32(out var expected))
            {
                return VaultDoor.Error(StatusCodes.Status400BadRequest, "error parsing check-and-set parameter");
            }

            checkAndSet = expected;
        }

        return secrets.Write(path, data, checkAndSet) is { } version
            ? VaultAnswers.Written(version)
            : VaultDoor.Error(StatusCodes.Status400BadRequest, "check-and-set parameter did not match the current version");
    }

    private static IResult ReadMetadata(HttpContext context, string path, VaultDoor door, VaultSecrets secrets)
    {
        if (door.Enter(context, out _) is { } refused)
        {
            return refused;
        }

        var versions = secrets.Versions(path);
        return versions.Count == 0 ? VaultDoor.NotFound() : VaultAnswers.Metadata(versions);
    }

    private static IResult Health(VaultDoor door, TimeProvider clock) => Results.Json(
        new
        {
            initialized = true,
            @sealed = door.IsSealed,
            standby = door.IsSealed,
            performance_standby = false,
            replication_performance_mode = "disabled",
            replication_dr_mode = "disabled",
            server_time_utc = clock.GetUtcNow().ToUnixTimeSeconds(),
            version = VaultAnswers.Version,
        },
        statusCode: door.IsSealed ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);

    private static IResult SealStatus(VaultDoor door) => Results.Json(new
    {
        type = "shamir",
        initialized = true,
        @sealed = door.IsSealed,
        t = 1,
        n = 1,
        progress = 0,
        nonce = "",
        version = VaultAnswers.Version,
    });

    private static async Task<JsonElement?> ReadBodyAsync(HttpContext context)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(context.Request.Body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out var property) && property.ValueKind == JsonValueKind.String ? property.GetString() : null;
}
