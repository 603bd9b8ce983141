using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Portal.DigitalOcean;

namespace Portal.Access;

/// <summary>Reads an id token by all the rules, or not at all.</summary>
/// <remarks>
/// Specification: <see href="https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation"/>. The library checks the signature and
/// the protocol; what it was seen to let through (several audiences, an old token, another tenant) is checked here by hand.
/// </remarks>
internal sealed class IdTokenReader(IOptions<SignInOptions> options, TimeProvider clock)
{
    private const int LongestToken = 64 * 1024;
    private const int SmallestKey = 2048;

    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan OldestIssue = TimeSpan.FromMinutes(10);

    private readonly JsonWebTokenHandler _tokens = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = LongestToken };

    /// <param name="accessToken">The token that came with it, to which the id token's <c>at_hash</c> belongs when it has one.</param>
    /// <param name="nonce">What this sign-in sent.</param>
    public async Task<Result<IdToken, IdTokenFault>> ReadAsync(string idToken, string accessToken, string nonce, OpenIdConnectConfiguration provider)
    {
        if (idToken.Length > LongestToken)
        {
            return Refused("The id token is too long.");
        }

        var result = await _tokens.ValidateTokenAsync(idToken, Rules(provider));
        if (!result.IsValid)
        {
            var isKeyUnknown = result.Exception is SecurityTokenSignatureKeyNotFoundException;
            return Refused($"The id token is not valid: {result.Exception?.GetType().Name}.") with { IsKeyUnknown = isKeyUnknown };
        }

        var token = (JsonWebToken)result.SecurityToken;
        return WhyNot(token, accessToken, nonce) is { } why ? Refused(why) : IdTokenClaims.Read(token, options.Value);
    }

    private static IdTokenFault Refused(string detail) => new(SignInFailure.TokenRefused, detail);

    private TokenValidationParameters Rules(OpenIdConnectConfiguration provider) => new()
    {
        ValidIssuer = provider.Issuer,
        ValidAudience = options.Value.ClientId,
        IssuerSigningKeys = provider.SigningKeys.Where(IsStrongRsa),
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
        TypeValidator = (type, _, _) => IsJwt(type) ? type : throw new SecurityTokenInvalidTypeException(),
        LifetimeValidator = (notBefore, expires, _, _) => IsInTime(notBefore, expires),
        TryAllIssuerSigningKeys = false,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        RequireAudience = true,
        IncludeTokenOnFailedValidation = false,
    };

    // Some providers leave the type out; access and logout tokens name theirs, and lack the nonce.
    private static bool IsJwt(string? type) => string.IsNullOrEmpty(type) || type.Equals("JWT", StringComparison.OrdinalIgnoreCase);

    private static bool IsStrongRsa(SecurityKey key) =>
        key.KeySize >= SmallestKey && key is RsaSecurityKey or X509SecurityKey { PublicKey: System.Security.Cryptography.RSA } or JsonWebKey { Kty: "RSA" };

    private bool IsInTime(DateTime? notBefore, DateTime? expires)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return expires is { } end && now < end + Skew && (notBefore is not { } start || start <= now + Skew);
    }

    private string? WhyNot(JsonWebToken token, string accessToken, string nonce)
    {
        var clientId = options.Value.ClientId;
        var now = clock.GetUtcNow().UtcDateTime;
        if (token.TryGetHeaderValue<object>("crit", out _))
        {
            return "The id token asks for an extension that the portal does not know.";
        }

        if (token.Azp is { Length: > 0 } party ? party != clientId : token.Audiences.Count() != 1)
        {
            return "The id token is for several parties, or for another one.";
        }

        if (!token.TryGetPayloadValue<long>("iat", out _) || token.IssuedAt < now - OldestIssue || token.IssuedAt > now + Skew)
        {
            return "The id token was not issued just now.";
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
