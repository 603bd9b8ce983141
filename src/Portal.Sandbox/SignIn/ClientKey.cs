using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Portal.Sandbox.SignIn;

/// <summary>The certificate by which the portal may authenticate in the place of its secret (RFC 7523), once one is registered.</summary>
internal sealed class ClientKey(IssuerAddress issuer, TimeProvider clock) : IDisposable
{
    public const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, byte> _seen = new(StringComparer.Ordinal);
    private readonly JsonWebTokenHandler _handler = new();
    private X509Certificate2? _certificate;

    /// <summary>A new key pair. Returns private key and certificate, as PEM; the one before is no longer known.</summary>
    public string Register()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={SignInClient.Id}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = clock.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(1));
        var before = Interlocked.Exchange(ref _certificate, X509CertificateLoader.LoadCertificate(certificate.RawData));
        before?.Dispose();
        return $"{key.ExportPkcs8PrivateKeyPem()}\n{certificate.ExportCertificatePem()}\n";
    }

    public async Task<bool> IsClientAsync(string assertion)
    {
        if (_certificate is not { } certificate)
        {
            return false;
        }

        var result = await _handler.ValidateTokenAsync(assertion, new TokenValidationParameters
        {
            ValidIssuer = SignInClient.Id,
            ValidAudience = $"{issuer.Value}/token",
            IssuerSigningKey = new RsaSecurityKey(certificate.GetRSAPublicKey()),
            ValidAlgorithms = [SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSha256],
            LifetimeValidator = (_, expires, _, _) => expires is { } end && IsShort(end),
            RequireSignedTokens = true,
            RequireAudience = true,
        });
        if (!result.IsValid)
        {
            return false;
        }

        // Entra finds the key by this and by nothing else.
        var token = (JsonWebToken)result.SecurityToken;
        return token.Subject == SignInClient.Id
            && token.TryGetHeaderValue<string>("x5t#S256", out var thumbprint)
            && thumbprint == Base64UrlEncoder.Encode(SHA256.HashData(certificate.RawData))
            && token.Id is { Length: > 0 } id
            && _seen.TryAdd(id, 0);
    }

    public void Dispose() => _certificate?.Dispose();

    private bool IsShort(DateTime end)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return now < end + Skew && end <= now + LongestLife + Skew;
    }
}
