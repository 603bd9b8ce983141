using System.Text.Json;
using Microsoft.Extensions.Options;
using Portal.DigitalOcean;

namespace Portal.Vaults;

/// <summary>The client token with which the vault is asked, and how long it is good for.</summary>
internal sealed class HashiCorpLogin(IOptions<VaultOptions> options, TimeProvider clock)
{
    private volatile ClientToken? _kept;

    /// <summary>The token of the last login while its lease has a third left, else that of a new login.</summary>
    public async Task<Result<Secret, VaultFailure>> GetAsync(HttpClient http, CancellationToken cancellationToken)
    {
        if (_kept is { } kept && clock.GetUtcNow() < kept.UseUntil)
        {
            return kept.Value;
        }

        var login = options.Value.HashiCorp.TokenFile is { Length: > 0 } file
            ? await ReadTokenFileAsync(file, cancellationToken)
            : await LoginByRoleAsync(http, cancellationToken);
        return login.Match<Result<Secret, VaultFailure>>(
            token =>
            {
                _kept = token;
                return token.Value;
            },
            failure => failure);
    }

    public void Forget() => _kept = null;

    private static async Task<Result<ClientToken, VaultFailure>> ReadTokenFileAsync(string file, CancellationToken cancellationToken) =>
        await ReadLineAsync(file, "Vault:HashiCorp:TokenFile", cancellationToken) is var (text, failure) && text is not null
            ? new ClientToken(new Secret(text), DateTimeOffset.MaxValue)
            : failure!;

    private async Task<Result<ClientToken, VaultFailure>> LoginByRoleAsync(HttpClient http, CancellationToken cancellationToken)
    {
        var settings = options.Value.HashiCorp;
        var (secretId, failure) = await ReadLineAsync(settings.SecretIdFile!, "Vault:HashiCorp:SecretIdFile", cancellationToken);
        if (secretId is null)
        {
            return failure!;
        }

        var asked = clock.GetUtcNow();
        using var content = JsonContent.Create(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["role_id"] = settings.RoleId!,
            ["secret_id"] = secretId,
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/auth/approle/login") { Content = content };
        return await HashiCorpVault.SendAsync<ClientToken>(http, request, async response => (int)response.StatusCode switch
        {
            200 => await ReadLoginAsync(response, asked, cancellationToken),
            400 or 401 or 403 => new VaultFailure("The vault does not accept the portal's AppRole. Check Vault:HashiCorp:RoleId, and put a new secret id into the SecretIdFile."),
            404 => new VaultFailure("The vault has no AppRole login at auth/approle. Enable it, or use Vault:HashiCorp:TokenFile."),
            _ => null,
        }, cancellationToken);
    }

    private static async Task<Result<ClientToken, VaultFailure>> ReadLoginAsync(HttpResponseMessage response, DateTimeOffset asked, CancellationToken cancellationToken)
    {
        using var body = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken);
        var auth = body.RootElement.GetProperty("auth");
        if (auth.GetProperty("client_token").GetString() is not { Length: > 0 } token || !IsHeaderText(token))
        {
            return new VaultFailure("The vault's login gave no client token.");
        }

        // Two thirds, as the vault's own clients do. A lease of 0 seconds never ends.
        var lease = auth.GetProperty("lease_duration").GetInt64();
        return new ClientToken(new Secret(token), lease == 0 ? DateTimeOffset.MaxValue : asked + (TimeSpan.FromSeconds(lease) * 2 / 3));
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

    private sealed record ClientToken(Secret Value, DateTimeOffset UseUntil);
}
