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

    /// <summary>Where DigitalOcean's API token is, in the chosen provider's own way of naming.</summary>
    public (string Path, string Field) ApiToken => Provider switch
    {
        VaultProvider.HashiCorp => (HashiCorp.Path, HashiCorp.Field),
        VaultProvider.AzureKeyVault => (AzureKeyVault.Name, ""),
        _ => (File.Path, "token"),
    };
}

/// <summary>A KV v2 secrets engine. Specification: <see href="https://developer.hashicorp.com/vault/api-docs/secret/kv/kv-v2"/>.</summary>
internal sealed class HashiCorpOptions
{
    /// <summary>For example <c>https://vault.example.com:8200</c>. Plain http is taken on loopback only. No default.</summary>
    public string Address { get; init; } = "";

    /// <summary>The namespace of Vault Enterprise or OpenBao. Default: none.</summary>
    public string? Namespace { get; init; }

    /// <summary>A PEM file with the authorities that sign the vault's certificate. Default: the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>Where the KV v2 engine is mounted. Default: <c>secret</c>.</summary>
    public string Mount { get; init; } = "secret";

    /// <summary>The secret with the API token, below the mount and without <c>data/</c>. Default: <c>pool-portal</c>.</summary>
    public string Path { get; init; } = "pool-portal";

    /// <summary>The field of that secret. Default: <c>token</c>.</summary>
    public string Field { get; init; } = "token";

    /// <summary>Signs in by AppRole (mounted at <c>approle</c>), together with <see cref="SecretIdFile"/>. Not secret.</summary>
    public string? RoleId { get; init; }

    /// <summary>A file that holds the AppRole's secret id; read at every login, so that it can be replaced without a restart.</summary>
    public string? SecretIdFile { get; init; }

    /// <summary>In the place of an AppRole: a file that holds a client token, as an agent keeps it; read again when the vault refuses it.</summary>
    public string? TokenFile { get; init; }
}

/// <summary>Azure Key Vault, entered with the identity of the host (<c>DefaultAzureCredential</c>).</summary>
internal sealed class AzureKeyVaultOptions
{
    /// <summary>For example <c>https://pools.vault.azure.net</c>. No default.</summary>
    public string Address { get; init; } = "";

    /// <summary>The secret with the API token. Default: <c>pool-portal-token</c>.</summary>
    public string Name { get; init; } = "pool-portal-token";
}

/// <summary>Files that something else puts there: a Kubernetes secret, a Docker secret, a systemd credential.</summary>
internal sealed class FileVaultOptions
{
    /// <summary>The file with the API token, or a folder in which it is called <c>token</c>. Other secrets are looked for beside it. No default.</summary>
    public string Path { get; init; } = "";
}

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
        if (half || byRole == options.TokenFile is { Length: > 0 })
        {
            yield return "Vault:HashiCorp needs one way to sign in: RoleId and SecretIdFile together, or TokenFile alone.";
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
