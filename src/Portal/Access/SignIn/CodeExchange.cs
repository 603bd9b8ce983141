using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Portal.Access;

/// <summary>Changes the code of the sign-in for tokens. Specification: <see href="https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3"/>.</summary>
internal sealed class CodeExchange(IHttpClientFactory clients, ClientProofs proofs, IOptions<SignInOptions> options)
{
    private const string WrongClient = "invalid_client";

    /// <exception cref="SignInRefusedException">There are no tokens.</exception>
    public async Task<JsonDocument> RedeemAsync(OpenIdConnectConfiguration provider, OAuthCodeExchangeContext code, CancellationToken cancellationToken)
    {
        var proof = await proofs.GetAsync(cancellationToken);
        var (tokens, error) = await AskAsync(provider, code, proof, cancellationToken);
        if (error == WrongClient)
        {
            // What proves it may have been renewed in the vault. A client that was not let in has not used up the code.
            proof.Refuse();
            proof = await proofs.GetAsync(cancellationToken);
            (tokens, error) = await AskAsync(provider, code, proof, cancellationToken);
        }

        return tokens ?? throw (error switch
        {
            WrongClient or "unauthorized_client" => new SignInRefusedException(SignInFailure.ClientRefused, $"The token endpoint said {error}; {proof.Name}."),
            "invalid_grant" => new SignInRefusedException(SignInFailure.CodeRefused, "The token endpoint said invalid_grant."),
            _ => new SignInRefusedException(SignInFailure.ProviderRefused, $"The token endpoint said {error}."),
        });
    }

    private async Task<(JsonDocument? Tokens, string? Error)> AskAsync(OpenIdConnectConfiguration provider, OAuthCodeExchangeContext code, ClientProof proof, CancellationToken cancellationToken)
    {
        Dictionary<string, string> form = new(StringComparer.Ordinal)
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code.Code,
            ["redirect_uri"] = code.RedirectUri,
            ["client_id"] = options.Value.ClientId,
            ["code_verifier"] = code.Properties.Items[OAuthConstants.CodeVerifierKey]!,
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, provider.TokenEndpoint);
        proof.Identify(request, form, provider);
        using var content = new FormUrlEncodedContent(form);
        request.Content = content;
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        try
        {
            using var http = clients.CreateClient(ProviderMetadata.Client);
            using var response = await http.SendAsync(request, cancellationToken);
            var body = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken);
            if (response.IsSuccessStatusCode && body.RootElement.ValueKind is JsonValueKind.Object)
            {
                return (body, null);
            }

            using (body)
            {
                return (null, ErrorIn(body.RootElement) ?? $"status {(int)response.StatusCode}");
            }
        }
        catch (HttpRequestException exception)
        {
            throw new SignInRefusedException(SignInFailure.ProviderUnreachable, $"The token endpoint cannot be reached: {exception.HttpRequestError}.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SignInRefusedException(SignInFailure.ProviderUnreachable, "The token endpoint did not answer in time.");
        }
        catch (JsonException)
        {
            throw new SignInRefusedException(SignInFailure.ProviderRefused, "The token endpoint's answer is not JSON.");
        }
    }

    // Only a bare error code is worth a line of the log; other text of an answer is not.
    private static string? ErrorIn(JsonElement body) =>
        body.ValueKind is JsonValueKind.Object
            && body.TryGetProperty("error", out var error)
            && error.ValueKind is JsonValueKind.String
            && error.GetString() is { Length: > 0 and <= 40 } code
            && code.All(letter => letter is (>= 'a' and <= 'z') or '_')
                ? code
                : null;
}
