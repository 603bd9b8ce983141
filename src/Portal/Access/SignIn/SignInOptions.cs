using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace Portal.Access;

/// <summary>The company's OpenID provider: <c>SignIn</c> in the settings. Providers differ in these values only.</summary>
internal sealed class SignInOptions
{
    public const string Section = "SignIn";
    public const string DefaultSecretPath = "pool-portal/sign-in";

    /// <summary>The provider's issuer, for example <c>https://login.microsoftonline.com/TENANT-ID/v2.0</c>. Plain http is taken on loopback only. No default.</summary>
    /// <example>https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0</example>
    public string Authority { get; init; } = "";

    /// <summary>What the provider calls this portal. Not secret. No default.</summary>
    /// <example>66666666-7777-8888-9999-000000000000</example>
    public string ClientId { get; init; } = "";

    /// <summary>Where in the vault the client secret is, in its field <c>client_secret</c>. Default: <c>pool-portal/sign-in</c>, unless there is a <see cref="ClientKeyPath"/>.</summary>
    /// <example>pool-portal/sign-in</example>
    public string? ClientSecretPath { get; init; }

    /// <summary>In the place of the secret: where in the vault the private key and its certificate are, as PEM, in the field <c>client_key</c>. Default: none.</summary>
    /// <example>pool-portal/sign-in</example>
    public string? ClientKeyPath { get; init; }

    /// <summary>The id token's claim that lists <c>Pool.Developer</c>, <c>Pool.TeamLead</c>, <c>Pool.Admin</c>, <c>Pool.Auditor</c>. Default: <c>roles</c>.</summary>
    public string RolesClaim { get; init; } = "roles";

    /// <summary>The id token's claim that lists groups, as the settings of the teams name them. Default: <c>groups</c>.</summary>
    public string GroupsClaim { get; init; } = "groups";

    /// <summary>
    /// The one Entra tenant whose people may come in. Default: the tenant id in <see cref="Authority"/> when that is Entra's, else none.
    /// With a tenant, the token's <c>tid</c> and <c>ver</c> are checked and people are known by <c>tid</c> and <c>oid</c>.
    /// </summary>
    /// <example>11111111-2222-3333-4444-555555555555</example>
    public string? TenantId { get; init; }

    public string? Tenant => TenantId is { Length: > 0 } tenant ? tenant : TenantInAuthority;

    public bool IsEntra => Uri.TryCreate(Authority, UriKind.Absolute, out var address)
        && address.Host is "login.microsoftonline.com" or "login.microsoftonline.us" or "login.partner.microsoftonline.cn";

    public string? TenantInAuthority =>
        IsEntra && new Uri(Authority).AbsolutePath.Trim('/').Split('/') is [var first, ..] && Guid.TryParse(first, out _) ? first : null;
}

internal sealed class SignInOptionsValidator : IValidateOptions<SignInOptions>
{
    public ValidateOptionsResult Validate(string? name, SignInOptions options)
    {
        List<string> wrong = [];
        if (!IsAuthority(options.Authority, out var address))
        {
            wrong.Add("SignIn:Authority must be the provider's issuer, an https address without a query, for example https://login.example.com/company. Plain http is taken on loopback only.");
        }
        else if (options is { IsEntra: true, TenantInAuthority: null })
        {
            // common, organizations and domain names: their tokens name an issuer that is not this address.
            wrong.Add($"SignIn:Authority must name one tenant by its id, for example https://{address.Host}/TENANT-ID/v2.0.");
        }

        if (options.TenantId is { Length: > 0 } tenant && options.TenantInAuthority is { } named && tenant != named)
        {
            wrong.Add("SignIn:TenantId must be the tenant that SignIn:Authority names, or be left out.");
        }

        if (options is { ClientKeyPath: not null, ClientSecretPath: not null })
        {
            wrong.Add("SignIn:ClientKeyPath and SignIn:ClientSecretPath are both set. The portal proves by one of them who it is: leave the other out.");
        }

        foreach (var (key, value) in new[]
        {
            (nameof(options.ClientId), options.ClientId),
            (nameof(options.ClientSecretPath), options.ClientSecretPath ?? SignInOptions.DefaultSecretPath),
            (nameof(options.ClientKeyPath), options.ClientKeyPath ?? "none"),
            (nameof(options.RolesClaim), options.RolesClaim),
            (nameof(options.GroupsClaim), options.GroupsClaim),
        })
        {
            if (string.IsNullOrWhiteSpace(value))
            {
                wrong.Add($"SignIn:{key} must not be empty.");
            }
        }

        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private static bool IsAuthority(string text, [NotNullWhen(true)] out Uri? address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address)
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            && address is { Query: "", Fragment: "", UserInfo: "" };
}
