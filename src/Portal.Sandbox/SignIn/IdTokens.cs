using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Portal.Sandbox.SignIn;

/// <summary>Writes id tokens, and knows its own again.</summary>
internal sealed class IdTokens(SigningKeys keys, IssuerAddress issuer, ProviderSessions sessions, SignInOddities oddities, TimeProvider clock)
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(5);
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    public string Write(Grant grant, string accessToken)
    {
        var now = clock.GetUtcNow() + oddities.ClockIsAheadBy;
        var account = grant.Account;
        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["sub"] = account.Subject,
            ["nonce"] = grant.Nonce,
            ["name"] = account.DisplayName,
            ["preferred_username"] = account.Name,
            ["email"] = account.Email,
            ["sid"] = sessions.Begin(account),
            ["at_hash"] = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken))[..16]),
        };

        if (oddities.SaysWhenAsked)
        {
            claims["auth_time"] = (grant.SignedInAt + oddities.ClockIsAheadBy - oddities.AskedBefore).ToUnixTimeSeconds();
        }

        // Nothing to say is not said: an empty array of roles is something that no provider sends.
        if (account.Roles.Count > 0)
        {
            claims["roles"] = account.Roles;
        }

        if (account.Groups.Count > 0)
        {
            claims["groups"] = account.Groups;
        }

        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer.Value,
            Audience = grant.ClientId,
            IssuedAt = now.UtcDateTime,
            Expires = (now + Life).UtcDateTime,
            Claims = claims,
            SigningCredentials = new SigningCredentials(keys.Current, SecurityAlgorithms.RsaSha256) { CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false } },
        });
    }

    /// <summary>Whether this is an id token of ours for the portal, however old.</summary>
    public async Task<bool> IsOursAsync(string token)
    {
        var result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = issuer.Value,
            ValidAudience = SignInClient.Id,
            IssuerSigningKeys = keys.Ever,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            ValidateLifetime = false,
        });
        return result.IsValid;
    }
}
