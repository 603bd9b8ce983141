using System.Globalization;

namespace Portal.Sandbox.Vault;

/// <summary>The shapes of Vault's answers.</summary>
internal static class VaultAnswers
{
    public const string Version = "1.20.0";

    private static readonly string[] Policies = ["default", "pool-portal"];

    public static IResult Secret(SecretVersion version) => Of(new { data = version.Data, metadata = Describe(version) });

    public static IResult Written(SecretVersion version) => Of(Describe(version));

    public static IResult Metadata(IReadOnlyList<SecretVersion> versions) => Of(new
    {
        cas_required = false,
        created_time = Time(versions[0].CreatedAt),
        current_version = versions[^1].Number,
        custom_metadata = (object?)null,
        delete_version_after = "0s",
        max_versions = 0,
        oldest_version = 1,
        updated_time = Time(versions[^1].CreatedAt),
        versions = versions.ToDictionary(
            version => version.Number.ToString(CultureInfo.InvariantCulture),
            version => new { created_time = Time(version.CreatedAt), deletion_time = "", destroyed = false },
            StringComparer.Ordinal),
    });

    public static IResult Token(VaultToken token, DateTimeOffset now) => Of(new
    {
        accessor = token.Accessor,
        creation_time = token.CreatedAt.ToUnixTimeSeconds(),
        creation_ttl = (int)VaultTokens.Life.TotalSeconds,
        display_name = "approle",
        entity_id = "",
        expire_time = Time(token.ExpiresAt),
        explicit_max_ttl = 0,
        id = token.Value,
        issue_time = Time(token.CreatedAt),
        meta = new { role_name = VaultTokens.RoleId },
        num_uses = 0,
        orphan = true,
        path = "auth/approle/login",
        policies = Policies,
        renewable = true,
        ttl = (int)(token.ExpiresAt - now).TotalSeconds,
        type = "service",
    });

    public static IResult Authenticated(VaultToken token) => Of(data: null, new
    {
        client_token = token.Value,
        accessor = token.Accessor,
        policies = Policies,
        token_policies = Policies,
        metadata = new { role_name = VaultTokens.RoleId },
        lease_duration = (int)VaultTokens.Life.TotalSeconds,
        renewable = true,
        entity_id = "",
        token_type = "service",
        orphan = true,
        mfa_requirement = (object?)null,
        num_uses = 0,
    });

    private static object Describe(SecretVersion version) => new
    {
        created_time = Time(version.CreatedAt),
        custom_metadata = (object?)null,
        deletion_time = "",
        destroyed = false,
        version = version.Number,
    };

    private static IResult Of(object? data, object? auth = null) => Results.Json(new
    {
        request_id = Guid.NewGuid().ToString(),
        lease_id = "",
        renewable = false,
        lease_duration = 0,
        data,
        wrap_info = (object?)null,
        warnings = (object?)null,
        auth,
        mount_type = auth is null ? "kv" : "",
    });

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
}
