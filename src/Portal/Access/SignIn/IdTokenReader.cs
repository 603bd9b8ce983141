using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Portal.DigitalOcean;

namespace Portal.Access;

/// <summary>Reads an id token by all the rules, or not at all.</summary>
/// <remarks>
/// Specification: <see href="https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation"/>. The library checks the signature and
/// the protocol; what it was seen to let through (several audiences, an old token, another tenant) is checked by hand.
/// </remarks>
internal sealed class IdTokenReader(SignedTokens tokens, IOptions<SignInOptions> options, TimeProvider clock)
{
    /// <param name="accessToken">The token that came with it, to which the id token's <c>at_hash</c> belongs when it has one.</param>
    /// <param name="nonce">What this sign-in sent.</param>
    public async Task<Result<IdToken, IdTokenFault>> ReadAsync(string idToken, string accessToken, string nonce, OpenIdConnectConfiguration provider)
    {
        if (!(await tokens.ReadAsync(idToken, provider, IsJwt)).TryGet(out var token, out var fault))
        {
            return fault;
        }

        return WhyNot(token, accessToken, nonce) is { } why
            ? new IdTokenFault(SignInFailure.TokenRefused, why)
            : IdTokenClaims.Read(token, options.Value);
    }

    // Some providers leave the type out; access and logout tokens name theirs, and lack the nonce.
    private static bool IsJwt(string? type) => string.IsNullOrEmpty(type) || type.Equals("JWT", StringComparison.OrdinalIgnoreCase);

    private string? WhyNot(JsonWebToken token, string accessToken, string nonce)
    {
        if (token.TryGetPayloadValue<string>("azp", out var party) ? party != options.Value.ClientId : token.Audiences.Count() != 1)
        {
            return "The id token is for several parties, or for another one.";
        }

        if (token.TryGetPayloadValue<long>("auth_time", out var asked)
            && DateTimeOffset.FromUnixTimeSeconds(asked) > clock.GetUtcNow() + SignedTokens.Skew)
        {
            return "The id token is of somebody who was asked in the future (auth_time).";
        }

        if (options.Value.Tenant is { } tenant && (Text(token, "tid") != tenant || Text(token, "ver") != "2.0" || Text(token, "oid") is not { Length: > 0 }))
        {
            return "The id token is of another tenant or of another version.";
        }

        return KeepsProtocol(token, accessToken, nonce) ? null : "The id token does not belong to this sign-in: nonce, subject or at_hash.";
    }

    private bool KeepsProtocol(JsonWebToken token, string accessToken, string nonce)
    {
        // The state was checked by the framework. The nonce's time is that of the sealed state, and it is used once by its row.
        var protocol = new OpenIdConnectProtocolValidator { RequireNonce = true, RequireSub = true, RequireState = false, RequireStateValidation = false, RequireTimeStampInNonce = false };
        try
        {
            protocol.ValidateTokenResponse(new OpenIdConnectProtocolValidationContext
            {
                ClientId = options.Value.ClientId,
                Nonce = nonce,
                ProtocolMessage = new OpenIdConnectMessage { IdToken = token.EncodedToken, AccessToken = accessToken },
                ValidatedIdToken = System.IdentityModel.Tokens.Jwt.JwtSecurityTokenConverter.Convert(token),
            });
            return true;
        }
        catch (OpenIdConnectProtocolException)
        {
            return false;
        }
    }

    private static string? Text(JsonWebToken token, string claim) => token.TryGetPayloadValue<string>(claim, out var text) ? text : null;
}
