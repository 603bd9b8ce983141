using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Portal.DigitalOcean;
using Portal.Vaults;

namespace Portal.Access;

/// <summary>A private key and its certificate, as the vault has them.</summary>
internal sealed record ClientKeyPair(VaultSecret Pem)
{
    public string Version => Pem.Version;
}

/// <summary>The portal's own key at the provider, out of the vault: <c>private_key_jwt</c> in the place of a secret.</summary>
/// <remarks>Specification: <see href="https://www.rfc-editor.org/rfc/rfc7523"/> and OpenID Connect Core 1.0, section 9.</remarks>
internal sealed class ClientKey(IVault vault, IOptions<SignInOptions> options, IOptions<VaultOptions> vaults, TimeProvider clock, ILogger<ClientKey> logger) : IDisposable
{
    private const int SmallestKey = 2048;

    private static readonly TimeSpan Life = TimeSpan.FromMinutes(2);

    private readonly KeptSecret _pem = new(vault, "the client key", options.Value.ClientKeyPath ?? "", "client_key", vaults.Value.CacheFor, clock, logger);
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    public async ValueTask<Result<ClientKeyPair, VaultFailure>> GetAsync(CancellationToken cancellationToken)
    {
        if (!(await _pem.GetAsync(cancellationToken)).TryGet(out var pem, out var failure))
        {
            return failure;
        }

        return WhyNot(pem.Value) is { } why ? new VaultFailure(why) : new ClientKeyPair(pem);
    }

    /// <summary>The provider said <c>invalid_client</c>: the next reading asks the vault.</summary>
    public void Refuse(ClientKeyPair pair) => _pem.Refuse(pair.Pem.Value);

    /// <summary>An assertion for one request.</summary>
    /// <remarks>
    /// Its audience is the token endpoint: RFC 7523 and OpenID Connect Core name it, and Entra takes nothing else. Its key is named by
    /// <c>x5t#S256</c>, by which Entra finds it, and by the same value as <c>kid</c>, for those who look there.
    /// </remarks>
    public string Write(ClientKeyPair pair, string clientId, OpenIdConnectConfiguration provider)
    {
        using var certificate = Read(pair.Pem.Value);
        using var key = certificate.GetRSAPrivateKey()!;
        var now = clock.GetUtcNow();
        var thumbprint = Base64UrlEncoder.Encode(SHA256.HashData(certificate.RawData));
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = clientId,
            Audience = provider.TokenEndpoint,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = (now + Life).UtcDateTime,
            Claims = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["sub"] = clientId,
                ["jti"] = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(16)),
            },
            AdditionalHeaderClaims = new Dictionary<string, object>(StringComparer.Ordinal) { ["x5t#S256"] = thumbprint },

            // Not kept: the key is gone when this is written.
            SigningCredentials = new SigningCredentials(new RsaSecurityKey(key) { KeyId = thumbprint }, AlgorithmOf(provider))
            {
                CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
            },
        });
    }

    public void Dispose() => _pem.Dispose();

    // PS256 is what Entra documents; a provider that lists what it takes, and not this, gets what OpenID Connect asks of everybody.
    private static string AlgorithmOf(OpenIdConnectConfiguration provider) =>
        provider.TokenEndpointAuthSigningAlgValuesSupported is { Count: > 0 } taken && !taken.Contains(SecurityAlgorithms.RsaSsaPssSha256)
            ? SecurityAlgorithms.RsaSha256
            : SecurityAlgorithms.RsaSsaPssSha256;

    private string? WhyNot(Secret pem)
    {
        try
        {
            using var certificate = Read(pem);
            using var key = certificate.GetRSAPrivateKey();
            var now = clock.GetUtcNow().UtcDateTime;
            return true switch
            {
                _ when key is not { KeySize: >= SmallestKey } => "The client key in the vault must be an RSA key of at least 2048 bits.",
                _ when now >= certificate.NotAfter.ToUniversalTime() => "The certificate of the client key in the vault has ended. Make a new one, and register it at the provider.",
                _ => null,
            };
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            // What was read is not quoted, nor what the library says of it.
            return "The client key in the vault cannot be read. It must be a private key (RSA, not encrypted) and its certificate, both as PEM, one after the other.";
        }
    }

    private static X509Certificate2 Read(Secret pem)
    {
        var text = pem.Reveal();
        return X509Certificate2.CreateFromPem(text, text);
    }
}
