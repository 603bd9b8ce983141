using Microsoft.Extensions.Options;

namespace Portal.Vaults;

internal enum VaultProvider
{
    HashiCorp,
    AzureKeyVault,
    File,
}

/// <summary>Where the portal's secrets come from: <c>Vault</c> in the settings. Only the part of the chosen provider is looked at.</summary>
internal sealed class VaultOptions
{
    public const string Section = "Vault";

    /// <summary><c>HashiCorp</c> (KV v2, also OpenBao), <c>AzureKeyVault</c> or <c>File</c>. Default: <c>HashiCorp</c>.</summary>
    public VaultProvider Provider { get; init; } = VaultProvider.HashiCorp;

    /// <summary>For how long a secret that was read is used without asking again. 0:00:00 to 1:00:00; default: 0:05:00.</summary>
    public TimeSpan CacheFor { get; init; } = TimeSpan.FromMinutes(5);

    public HashiCorpOptions HashiCorp { get; init; } = new();

    public AzureKeyVaultOptions AzureKeyVault { get; init; } = new();

    public FileVaultOptions File { get; init; } = new();

    /// <summary>
    /// The secret with the key, 32 bytes in base64 in its field <c>key</c>, that encrypts the keys of ASP.NET Core Data Protection in the database. The one
    /// before it is looked for at the same place with <c>-previous</c> behind. Default: <c>pool-portal/keys</c>. Empty: unencrypted, and Admin says so.
    /// </summary>
    public string KeysPath { get; init; } = "pool-portal/keys";

    /// <summary>Where DigitalOcean's API token is, in the chosen provider's own way of naming.</summary>
    public SecretPlace ApiToken => Provider switch
    {
        VaultProvider.HashiCorp => new(HashiCorp.Path, HashiCorp.Field),
        VaultProvider.AzureKeyVault => new(AzureKeyVault.Name, ""),
        _ => new(File.Path, "token"),
    };

    /// <summary>Where the token that may read passwords is; null when one token serves for everything.</summary>
    public SecretPlace? CredentialsToken => Provider switch
    {
        VaultProvider.HashiCorp => HashiCorp.CredentialsField is { Length: > 0 } second ? new(HashiCorp.Path, second) : null,
        VaultProvider.AzureKeyVault => AzureKeyVault.CredentialsName is { Length: > 0 } name ? new(name, "") : null,
        _ => File.CredentialsPath is { Length: > 0 } path ? new(path, "token") : null,
    };
}

/// <summary>A KV v2 secrets engine. Specification: <see href="https://developer.hashicorp.com/vault/api-docs/secret/kv/kv-v2"/>.</summary>
internal sealed class HashiCorpOptions
{
    /// <summary>For example <c>https://vault.example.com:8200</c>. Plain http is taken on loopback only. No default.</summary>
    /// <example>https://vault.example.com:8200</example>
    public string Address { get; init; } = "";

    /// <summary>The namespace of Vault Enterprise or OpenBao. Default: none.</summary>
    /// <example>platform</example>
    public string? Namespace { get; init; }

    /// <summary>A PEM file with the authorities that sign the vault's certificate. Default: the system's.</summary>
    /// <example>/etc/pool-portal/vault-ca.pem</example>
    public string? CaFile { get; init; }

    /// <summary>Where the KV v2 engine is mounted. Default: <c>secret</c>.</summary>
    public string Mount { get; init; } = "secret";

    /// <summary>The secret with the API token, below the mount and without <c>data/</c>. Default: <c>pool-portal</c>.</summary>
    public string Path { get; init; } = "pool-portal";

    /// <summary>The field of that secret. Default: <c>token</c>.</summary>
    public string Field { get; init; } = "token";

    /// <summary>
    /// The field of that secret with a second token, with <c>database:view_credentials</c>, used for nothing but a connection that somebody may have; the
    /// first one then needs no such scope. Default: none, one token for everything.
    /// </summary>
    /// <example>credentials_token</example>
    public string? CredentialsField { get; init; }

    /// <summary>Signs in by AppRole, together with <see cref="SecretIdFile"/>. Not secret.</summary>
    /// <example>8a1f0c3e-5d7b-4c55-9d0e-2f6b1c9a7e44</example>
    public string? RoleId { get; init; }

    /// <summary>A file that holds the AppRole's secret id; read at every login, so that it can be replaced without a restart.</summary>
    /// <example>/run/secrets/vault-secret-id</example>
    public string? SecretIdFile { get; init; }

    /// <summary>In the place of an AppRole: signs in as the pod's service account, by this role of the vault's Kubernetes login. Not secret.</summary>
    /// <example>pool-portal</example>
    public string? KubernetesRole { get; init; }

    /// <summary>The service account's token, read at every login. Default: where Kubernetes puts it.</summary>
    public string ServiceAccountTokenFile { get; init; } = "/var/run/secrets/kubernetes.io/serviceaccount/token";

    /// <summary>Where the login is mounted in the vault, below <c>auth/</c>. Default: <c>approle</c>, or <c>kubernetes</c> with <see cref="KubernetesRole"/>.</summary>
    /// <example>approle</example>
    public string? LoginMount { get; init; }

    /// <summary>In the place of both: a file that holds a client token, as an agent keeps it; read again when the vault refuses it.</summary>
    /// <example>/run/vault/token</example>
    public string? TokenFile { get; init; }
}

/// <summary>Azure Key Vault, entered with the identity of the host (<c>DefaultAzureCredential</c>).</summary>
internal sealed class AzureKeyVaultOptions
{
    /// <summary>For example <c>https://pools.vault.azure.net</c>. No default.</summary>
    /// <example>https://pools.vault.azure.net</example>
    public string Address { get; init; } = "";

    /// <summary>The secret with the API token. Default: <c>pool-portal-token</c>.</summary>
    public string Name { get; init; } = "pool-portal-token";

    /// <summary>The secret with a second token, with <c>database:view_credentials</c>, used for nothing but a connection. Default: none.</summary>
    /// <example>pool-portal-credentials</example>
    public string? CredentialsName { get; init; }
}

/// <summary>Files that something else puts there: a Kubernetes secret, a Docker secret, a systemd credential.</summary>
internal sealed class FileVaultOptions
{
    /// <summary>The file with the API token, or a folder in which it is called <c>token</c>. Other secrets are looked for beside it. No default.</summary>
    /// <example>/run/secrets</example>
    public string Path { get; init; } = "";

    /// <summary>The file with a second token, with <c>database:view_credentials</c>, used for nothing but a connection. Default: none.</summary>
    /// <example>credentials-token</example>
    public string? CredentialsPath { get; init; }
}

/// <param name="Path">In the vault's own way of naming.</param>
/// <param name="Field">Empty where a secret is one value.</param>
internal sealed record SecretPlace(string Path, string Field);

internal sealed class VaultOptionsValidator : IValidateOptions<VaultOptions>
{
    public ValidateOptionsResult Validate(string? name, VaultOptions options)
    {
        List<string> wrong = [];
        if (options.CacheFor < TimeSpan.Zero || options.CacheFor > TimeSpan.FromHours(1))
        {
            wrong.Add("Vault:CacheFor must be from 0:00:00 to 1:00:00.");
        }

        switch (options.Provider)
        {
            case VaultProvider.HashiCorp:
                wrong.AddRange(Faults(options.HashiCorp));
                break;
            case VaultProvider.AzureKeyVault:
                wrong.AddRange(Faults(options.AzureKeyVault));
                break;
            case VaultProvider.File when options.File.Path.Length == 0:
                wrong.Add("Vault:File:Path must name the file with the API token, or the folder it is in.");
                break;
            case VaultProvider.File:
                break;
            default:
                wrong.Add("Vault:Provider must be HashiCorp, AzureKeyVault or File.");
                break;
        }

        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private static IEnumerable<string> Faults(HashiCorpOptions options)
    {
        if (!IsOrigin(options.Address, out var address) || (address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback))
        {
            yield return "Vault:HashiCorp:Address must be the vault's https address without a path, for example https://vault.example.com:8200. Plain http is taken on loopback only.";
        }

        if (options.CaFile is { Length: > 0 } file && !System.IO.File.Exists(file))
        {
            yield return $"Vault:HashiCorp:CaFile: there is no file {file}.";
        }

        foreach (var (key, value) in new[] { ("Mount", options.Mount), ("Path", options.Path), ("Field", options.Field) })
        {
            if (value.Trim('/').Length == 0)
            {
                yield return $"Vault:HashiCorp:{key} must not be empty.";
            }
        }

        var byRole = (options.RoleId, options.SecretIdFile) is ({ Length: > 0 }, { Length: > 0 });
        var half = !byRole && (options.RoleId, options.SecretIdFile) is not (null or "", null or "");
        bool[] ways = [byRole, options.KubernetesRole is { Length: > 0 }, options.TokenFile is { Length: > 0 }];
        if (half || ways.Count(way => way) != 1)
        {
            yield return "Vault:HashiCorp needs one way to sign in: RoleId and SecretIdFile together, KubernetesRole alone, or TokenFile alone.";
        }

        if (options.CredentialsField == options.Field)
        {
            yield return "Vault:HashiCorp:CredentialsField must be another field than Vault:HashiCorp:Field, or be left out.";
        }
    }

    private static IEnumerable<string> Faults(AzureKeyVaultOptions options)
    {
        if (!IsOrigin(options.Address, out var address) || address.Scheme != Uri.UriSchemeHttps)
        {
            yield return "Vault:AzureKeyVault:Address must be the vault's https address without a path, for example https://pools.vault.azure.net.";
        }

        if (options.Name.Length == 0)
        {
            yield return "Vault:AzureKeyVault:Name must name the secret with the API token.";
        }
    }

    private static bool IsOrigin(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Uri? address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address)
            && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
            && address is { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" };
}
