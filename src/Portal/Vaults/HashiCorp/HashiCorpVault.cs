using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Portal.DigitalOcean;

namespace Portal.Vaults;

/// <summary>HashiCorp Vault or OpenBao, KV v2: what the portal needs of it.</summary>
internal sealed class HashiCorpVault(IHttpClientFactory clients, HashiCorpLogin login, IOptions<VaultOptions> options) : IVault
{
    public const string Client = "vault";

    public async Task<Result<VaultSecret, VaultFailure>> ReadAsync(string path, string field, CancellationToken cancellationToken)
    {
        using var http = clients.CreateClient(Client);
        var (answer, isRefused) = await TryReadAsync(http, path, field, cancellationToken);
        if (!isRefused)
        {
            return answer;
        }

        // 403 is also the answer to a client token that was revoked or has run out: once more with a new one.
        login.Forget();
        (answer, isRefused) = await TryReadAsync(http, path, field, cancellationToken);
        if (isRefused)
        {
            login.Forget();
        }

        return answer;
    }

    private async Task<(Result<VaultSecret, VaultFailure> Answer, bool IsRefused)> TryReadAsync(HttpClient http, string path, string field, CancellationToken cancellationToken)
    {
        var entered = await login.GetAsync(http, cancellationToken);
        if (!entered.TryGet(out var token, out var failure))
        {
            return (failure, false);
        }

        var mount = options.Value.HashiCorp.Mount.Trim('/');
        using var request = new HttpRequestMessage(HttpMethod.Get, $"v1/{Escape(mount)}/data/{Escape(path.Trim('/'))}");
        request.Headers.Add("X-Vault-Token", token.Reveal());
        var isRefused = false;
        var answer = await SendAsync<VaultSecret>(http, request, async response =>
        {
            isRefused = response.StatusCode is HttpStatusCode.Forbidden;
            return (int)response.StatusCode switch
            {
                200 => await ReadSecretAsync(response, path, field, cancellationToken),
                403 => new VaultFailure($"The vault does not let the portal read {mount}/{path}. Its policy needs the capability read on {mount}/data/{path}."),
                404 => new VaultFailure($"The vault has nothing at {mount}/{path}, or its newest version is deleted. Put the secret there, in a KV v2 engine."),
                _ => null,
            };
        }, cancellationToken);
        return (answer, isRefused);
    }

    private static async Task<Result<VaultSecret, VaultFailure>> ReadSecretAsync(HttpResponseMessage response, string path, string field, CancellationToken cancellationToken)
    {
        using var body = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken);
        var data = body.RootElement.GetProperty("data");
        if (!data.TryGetProperty("metadata", out var metadata))
        {
            return new VaultFailure($"What the vault has at {path} is not a KV v2 secret. Check Vault:HashiCorp:Mount.");
        }

        var found = data.GetProperty("data").TryGetProperty(field, out var value) && value.ValueKind is JsonValueKind.String;
        return found && value.GetString() is { } text && !string.IsNullOrWhiteSpace(text)
            ? new VaultSecret(new Secret(text), metadata.GetProperty("version").GetInt64().ToString(System.Globalization.CultureInfo.InvariantCulture))
            : new VaultFailure($"The secret {path} in the vault has no text in its field {field}.");
    }

    /// <summary>One request to the vault. What <paramref name="read"/> leaves as null is answered here, and so is everything that can go wrong on the way.</summary>
    internal static async Task<Result<T, VaultFailure>> SendAsync<T>(
        HttpClient http,
        HttpRequestMessage request,
        Func<HttpResponseMessage, Task<Result<T, VaultFailure>?>> read,
        CancellationToken cancellationToken)
        where T : notnull
    {
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            return await read(response) ?? new VaultFailure((int)response.StatusCode switch
            {
                503 => "The vault is sealed or in maintenance. Unseal it; the portal goes on by itself.",
                429 or 472 or 473 => "The vault's node is a standby or asks for fewer requests. Point Vault:HashiCorp:Address at the active node.",
                >= 300 and < 400 => "The vault answered with a redirect, which is not followed. Point Vault:HashiCorp:Address at the active node.",
                var status => $"The vault answered {status}.",
            });
        }
        catch (HttpRequestException exception)
        {
            return new VaultFailure(exception.HttpRequestError switch
            {
                HttpRequestError.SecureConnectionError => "The vault's certificate is not trusted. Name its authority's PEM file in Vault:HashiCorp:CaFile.",
                HttpRequestError.NameResolutionError => "The vault's host name is not known. Check Vault:HashiCorp:Address.",
                _ => "The vault cannot be reached. Check Vault:HashiCorp:Address, the network, and that it runs.",
            });
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new VaultFailure("The vault did not answer within 10 seconds.");
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return new VaultFailure("The vault's answer is not what the vault's API promises. Check that Vault:HashiCorp:Address is a vault.");
        }
    }

    internal static string Escape(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
