using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Portal.Tests.Access.SignIn;

/// <summary>An OpenID provider's keys and pen. Tokens are written by hand, because a library would refuse to write the wrong ones.</summary>
internal sealed class TestProvider
{
    public const string Issuer = "https://login.example.com/company";
    public const string ClientId = "pool-portal";
    public const string Nonce = "nonce-of-this-sign-in";
    public const string AccessToken = "an-access-token";

    // Made once for all tests: a key of this length takes a second.
    private static readonly RSA TheKey = RSA.Create(2048);
    private static readonly RSA StrangersKey = RSA.Create(2048);
    private static readonly RSA WeakKey = RSA.Create(1024);
    private static readonly ECDsa Curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private readonly RSA _key = TheKey;
    private readonly RSA _strangersKey = StrangersKey;
    private readonly RSA _weakKey = WeakKey;
    private readonly ECDsa _curve = Curve;

    public TestProvider(string issuer = Issuer)
    {
        Metadata = new OpenIdConnectConfiguration { Issuer = issuer };
        Metadata.SigningKeys.Add(new RsaSecurityKey(_key) { KeyId = "key-1" });
        Metadata.SigningKeys.Add(new RsaSecurityKey(_weakKey) { KeyId = "weak" });
        Metadata.SigningKeys.Add(new ECDsaSecurityKey(_curve) { KeyId = "curve" });
    }

    public OpenIdConnectConfiguration Metadata { get; }

    public static JsonObject Header(string kid = "key-1", string alg = "RS256") => new() { ["alg"] = alg, ["kid"] = kid, ["typ"] = "JWT" };

    public static JsonObject Claims(DateTimeOffset now) => new()
    {
        ["iss"] = Issuer,
        ["sub"] = "user-1",
        ["aud"] = ClientId,
        ["iat"] = now.ToUnixTimeSeconds(),
        ["nbf"] = now.ToUnixTimeSeconds(),
        ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(),
        ["nonce"] = Nonce,
        ["name"] = "Dana Developer",
        ["roles"] = new JsonArray("Pool.Developer"),
        ["groups"] = new JsonArray("Payments"),
        ["sid"] = "provider-session-1",
        ["at_hash"] = HashOf(AccessToken),
    };

    public string Sign(JsonObject header, JsonObject claims) => Sign(header, claims, HashAlgorithmName.SHA256);

    public string Sign(JsonObject header, JsonObject claims, HashAlgorithmName hash) =>
        Write(header, claims, bytes => _key.SignData(bytes, hash, RSASignaturePadding.Pkcs1));

    public string SignByStranger(JsonObject header, JsonObject claims) =>
        Write(header, claims, bytes => _strangersKey.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    public string SignWeakly(JsonObject header, JsonObject claims) =>
        Write(header, claims, bytes => _weakKey.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    public string SignByPss(JsonObject header, JsonObject claims) =>
        Write(header, claims, bytes => _key.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pss));

    public string SignByCurve(JsonObject header, JsonObject claims) =>
        Write(header, claims, bytes => _curve.SignData(bytes, HashAlgorithmName.SHA256));

    /// <summary>The public key taken for a shared secret: what a verifier that trusts the header falls for.</summary>
    public string SignByPublicKeyAsSecret(JsonObject header, JsonObject claims) =>
        Write(header, claims, bytes => HMACSHA256.HashData(Encoding.ASCII.GetBytes(_key.ExportSubjectPublicKeyInfoPem()), bytes));

    public JsonObject StrangersPublicKey()
    {
        var parameters = _strangersKey.ExportParameters(includePrivateParameters: false);
        return new JsonObject { ["kty"] = "RSA", ["n"] = Base64Url.EncodeToString(parameters.Modulus), ["e"] = Base64Url.EncodeToString(parameters.Exponent) };
    }

    public static string Write(JsonObject header, JsonObject claims, Func<byte[], byte[]> sign) => WriteRaw(header.ToJsonString(), claims.ToJsonString(), sign);

    public string SignRaw(string header, string claims) =>
        WriteRaw(header, claims, bytes => _key.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    /// <summary>Claims that are no text.</summary>
    public string SignBytes(string header, byte[] claims) =>
        WriteRaw(header, claims, bytes => _key.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    public string StrangersCertificate()
    {
        var request = new CertificateRequest("CN=stranger", _strangersKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2036, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return Convert.ToBase64String(certificate.RawData);
    }

    public static string HashOf(string token) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(token)).AsSpan(0, 16));

    private static string WriteRaw(string header, string claims, Func<byte[], byte[]> sign) => WriteRaw(header, Encoding.UTF8.GetBytes(claims), sign);

    private static string WriteRaw(string header, byte[] claims, Func<byte[], byte[]> sign)
    {
        var start = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(claims)}";
        return $"{start}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(start)))}";
    }
}
