using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Portal.DigitalOcean;

namespace Portal.Access;

/// <summary>What every token of the provider is held to, whatever it is for: shape, signature, issuer, audience, times.</summary>
internal sealed class SignedTokens(IOptions<SignInOptions> options, TimeProvider clock)
{
    private const int SmallestKey = 2048;

    /// <summary>How far the provider's clock may be from the portal's.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan OldestIssue = TimeSpan.FromMinutes(10);

    private readonly JsonWebTokenHandler _tokens = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = TokenShape.LongestToken };

    /// <param name="isType">Looks at the header's <c>typ</c>, which may be missing.</param>
    public async Task<Result<JsonWebToken, IdTokenFault>> ReadAsync(string text, OpenIdConnectConfiguration provider, Func<string?, bool> isType)
    {
        if (TokenShape.WhyNot(text) is { } shape)
        {
            return new IdTokenFault(SignInFailure.TokenRefused, shape);
        }

        IdTokenFault? time = null;
        var result = await _tokens.ValidateTokenAsync(text, new TokenValidationParameters
        {
            ValidIssuer = provider.Issuer,
            ValidAudience = options.Value.ClientId,
            IssuerSigningKeys = provider.SigningKeys.Where(IsUsable),
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            TypeValidator = (type, _, _) => isType(type) ? type : throw new SecurityTokenInvalidTypeException(),
            LifetimeValidator = (notBefore, expires, _, _) => (time = WhyNotNow(notBefore, expires)) is null,
            TryAllIssuerSigningKeys = false,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            RequireAudience = true,
            IncludeTokenOnFailedValidation = false,
        });
        if (!result.IsValid)
        {
            var isKeyUnknown = result.Exception is SecurityTokenSignatureKeyNotFoundException;
            return time ?? new IdTokenFault(SignInFailure.TokenRefused, $"The token is not valid: {result.Exception?.GetType().Name}.", isKeyUnknown);
        }

        var token = (JsonWebToken)result.SecurityToken;
        return WhyNotIssuedNow(token) is { } fault ? fault : token;
    }

    /// <summary>Whether a signature by this key counts: RSA of 2,048 bits or more.</summary>
    public static bool IsUsable(SecurityKey key) =>
        key.KeySize >= SmallestKey && key is RsaSecurityKey or X509SecurityKey { PublicKey: RSA } or JsonWebKey { Kty: "RSA" };

    private IdTokenFault? WhyNotNow(DateTime? notBefore, DateTime? expires)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return (notBefore, expires) switch
        {
            (_, null) => new IdTokenFault(SignInFailure.TokenRefused, "The token has no end (exp)."),
            (_, { } end) when now >= end + Skew => new IdTokenFault(
                SignInFailure.TokenRefused,
                $"The token ended {Seconds(now - end)} ago by the portal's clock: it is old, or one of the two clocks is wrong."),
            ({ } start, _) when start > now + Skew => Ahead(start - now),
            _ => null,
        };
    }

    private IdTokenFault? WhyNotIssuedNow(JsonWebToken token)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (!token.TryGetPayloadValue<long>("iat", out _))
        {
            return new IdTokenFault(SignInFailure.TokenRefused, "The token does not say when it was issued (iat).");
        }

        if (token.IssuedAt > now + Skew)
        {
            return Ahead(token.IssuedAt - now);
        }

        return token.IssuedAt < now - OldestIssue
            ? new IdTokenFault(
                SignInFailure.TokenRefused,
                $"The token was issued {Seconds(now - token.IssuedAt)} ago by the portal's clock: it is old, or one of the two clocks is wrong.")
            : null;
    }

    private static IdTokenFault Ahead(TimeSpan by) => new(
        SignInFailure.ClockOff,
        $"The token is from {Seconds(by)} in the future by the portal's clock. Set the clock of the portal's host, or the provider's, by NTP.");

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} seconds");
}
