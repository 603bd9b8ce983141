using System.Text.Json;
using Microsoft.Extensions.Options;
using Portal.DigitalOcean;

namespace Portal.Vaults;

/// <summary>The client token with which the vault is asked, for as long as it is good. <see cref="HashiCorpRenewal"/> renews it in time.</summary>
internal sealed class HashiCorpLogin(IOptions<VaultOptions> options, TimeProvider clock) : IDisposable
{
    private const string TokenFile = "Vault:HashiCorp:TokenFile";

    private readonly SemaphoreSlim _one = new(1, 1);
    private volatile ClientToken? _kept;

    /// <summary>The token at hand; null before the first login and after the vault refused it.</summary>
    public ClientToken? Kept => _kept;

    /// <summary>The token of the last login while its lease lasts, else that of a new login. Who asks at the same time shares it.</summary>
    public async Task<Result<Secret, VaultFailure>> GetAsync(HttpClient http, CancellationToken cancellationToken)
    {
        if (Good() is { } good)
        {
            return good.Value;
        }

        await _one.WaitAsync(cancellationToken);
        try
        {
            return Good() is { } meanwhile
                ? meanwhile.Value
                : (await LogInAsync(http, cancellationToken)).Match<Result<Secret, VaultFailure>>(token => token.Value, failure => failure);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Gives the token at hand a new lease, or takes a new one where the vault will not prolong it any further.</summary>
    public async Task<Result<ClientToken, VaultFailure>> RenewAsync(HttpClient http, ClientToken token, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (!ReferenceEquals(token, _kept))
            {
                return _kept ?? await LogInAsync(http, cancellationToken);
            }

            if (!token.IsRenewable)
            {
                return await LogInAsync(http, cancellationToken);
            }

            var asked = clock.GetUtcNow();
            using var request = new HttpRequestMessage(HttpMethod.Post, "v1/auth/token/renew-self") { Content = JsonContent.Create(new { }) };
            request.Headers.Add("X-Vault-Token", token.Value.Reveal());
            var answer = await HashiCorpVault.SendAsync<ClientToken>(http, request, async response => (int)response.StatusCode switch
            {
                200 => await ReadAsync(response, asked, token.FirstLease, cancellationToken),
                400 or 403 or 404 => new VaultFailure("The vault does not prolong the portal's client token."),
                _ => null,
            }, cancellationToken);
            if (answer.TryGet(out var renewed, out var failure))
            {
                // Near its longest life each renewal gives less than the one before.
                return renewed.Lease < token.FirstLease / 3 ? await LogInAsync(http, cancellationToken) : _kept = renewed;
            }

            return (await LogInAsync(http, cancellationToken)).Match<Result<ClientToken, VaultFailure>>(fresh => fresh, _ => failure);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Forget() => _kept = null;

    public void Dispose() => _one.Dispose();

    private ClientToken? Good() => _kept is { } kept && clock.GetUtcNow() < kept.EndsAt ? kept : null;

    private async Task<Result<ClientToken, VaultFailure>> LogInAsync(HttpClient http, CancellationToken cancellationToken)
    {
        var settings = options.Value.HashiCorp;
        var login = settings.TokenFile is { Length: > 0 } file
            ? await ReadTokenFileAsync(file, cancellationToken)
            : await LogInAsync(http, settings, cancellationToken);
        if (login.TryGet(out var token, out _))
        {
            _kept = token;
        }

        return login;
    }

    private static async Task<Result<ClientToken, VaultFailure>> ReadTokenFileAsync(string file, CancellationToken cancellationToken) =>
        await ReadLineAsync(file, TokenFile, cancellationToken) is var (text, failure) && text is not null ? ClientToken.WithoutEnd(new Secret(text)) : failure!;

    private async Task<Result<ClientToken, VaultFailure>> LogInAsync(HttpClient http, HashiCorpOptions settings, CancellationToken cancellationToken)
    {
        var isKubernetes = settings.KubernetesRole is { Length: > 0 };
        var (proof, failure) = isKubernetes
            ? await ReadLineAsync(settings.ServiceAccountTokenFile, "Vault:HashiCorp:ServiceAccountTokenFile", cancellationToken)
            : await ReadLineAsync(settings.SecretIdFile!, "Vault:HashiCorp:SecretIdFile", cancellationToken);
        if (proof is null)
        {
            return failure!;
        }

        var mount = settings.LoginMount is { Length: > 0 } own ? own.Trim('/') : isKubernetes ? "kubernetes" : "approle";
        var asked = clock.GetUtcNow();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"v1/auth/{HashiCorpVault.Escape(mount)}/login")
        {
            Content = JsonContent.Create(isKubernetes
                ? new Dictionary<string, string>(StringComparer.Ordinal) { ["role"] = settings.KubernetesRole!, ["jwt"] = proof }
                : new Dictionary<string, string>(StringComparer.Ordinal) { ["role_id"] = settings.RoleId!, ["secret_id"] = proof }),
        };
        return await HashiCorpVault.SendAsync<ClientToken>(http, request, async response => (int)response.StatusCode switch
        {
            200 => await ReadAsync(response, asked, firstLease: null, cancellationToken),
            400 or 401 or 403 when isKubernetes => new VaultFailure(
                "The vault does not accept the portal's Kubernetes service account. Check Vault:HashiCorp:KubernetesRole, and the service account and namespace that the vault's role names."),
            400 or 401 or 403 => new VaultFailure("The vault does not accept the portal's AppRole. Check Vault:HashiCorp:RoleId, and put a new secret id into the SecretIdFile."),
            404 => new VaultFailure($"The vault has no login at auth/{mount}. Enable it, or correct Vault:HashiCorp:LoginMount."),
            _ => null,
        }, cancellationToken);
    }

    private static async Task<Result<ClientToken, VaultFailure>> ReadAsync(
        HttpResponseMessage response, DateTimeOffset asked, TimeSpan? firstLease, CancellationToken cancellationToken)
    {
        using var body = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken);
        var auth = body.RootElement.GetProperty("auth");
        if (auth.GetProperty("client_token").GetString() is not { Length: > 0 } token || !IsHeaderText(token))
        {
            return new VaultFailure("The vault's login gave no client token.");
        }

        var seconds = auth.GetProperty("lease_duration").GetInt64();
        if (seconds == 0)
        {
            return ClientToken.WithoutEnd(new Secret(token));
        }

        var lease = TimeSpan.FromSeconds(seconds);
        var isRenewable = auth.TryGetProperty("renewable", out var renewable) && renewable.ValueKind is JsonValueKind.True;
        return new ClientToken(new Secret(token), asked, lease, firstLease ?? lease, isRenewable);
    }

    private static async Task<(string? Text, VaultFailure? Failure)> ReadLineAsync(string file, string setting, CancellationToken cancellationToken)
    {
        try
        {
            var text = (await File.ReadAllTextAsync(file, cancellationToken)).Trim();
            return text.Length > 0 && IsHeaderText(text)
                ? (text, null)
                : (null, new VaultFailure($"{setting}: {file} must hold one line of text."));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return (null, new VaultFailure($"{setting}: {file} cannot be read. Put it there and let the portal's user read it."));
        }
    }

    // A header refuses other text with an exception that quotes it.
    private static bool IsHeaderText(string text) => text.All(letter => letter is > ' ' and < '\x7f');
}

/// <summary>What the vault knows the portal by, for a while.</summary>
/// <param name="AskedAt">When it was asked for: the lease counts from then.</param>
/// <param name="FirstLease">What the login gave; each renewal may give less.</param>
internal sealed record ClientToken(Secret Value, DateTimeOffset AskedAt, TimeSpan Lease, TimeSpan FirstLease, bool IsRenewable)
{
    public bool HasEnd => Lease < TimeSpan.MaxValue;

    public DateTimeOffset EndsAt => HasEnd ? AskedAt + Lease : DateTimeOffset.MaxValue;

    /// <summary>Two thirds, as the vault's own clients do.</summary>
    public DateTimeOffset RenewAt => HasEnd ? AskedAt + (Lease * 2 / 3) : DateTimeOffset.MaxValue;

    public static ClientToken WithoutEnd(Secret value) => new(value, DateTimeOffset.MinValue, TimeSpan.MaxValue, TimeSpan.MaxValue, IsRenewable: false);
}
