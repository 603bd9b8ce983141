using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Portal.Access;
using Portal.Tests.Vaults;
using Portal.Vaults;

namespace Portal.Tests.Access.SignIn;

public sealed class ClientKeyTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    private static readonly RSA Key = RSA.Create(2048);

    private readonly StubVault _vault = new();
    private readonly ClientKey _key;
    private readonly OpenIdConnectConfiguration _provider = new() { Issuer = "https://login.example.com", TokenEndpoint = "https://login.example.com/token" };

    public ClientKeyTests() => _key = new ClientKey(
        _vault,
        Options.Create(new SignInOptions { ClientId = "pool-portal", ClientKeyPath = "pool-portal/sign-in-key" }),
        Options.Create(new VaultOptions()),
        new ManualTimeProvider(Now),
        NullLogger<ClientKey>.Instance);

    [Fact]
    public async Task An_assertion_is_for_the_token_endpoint_for_two_minutes_and_names_its_certificate()
    {
        using var certificate = CertificateOf(Key, Now.AddYears(1));
        _vault.Value = PemOf(Key, certificate);

        var token = new JsonWebToken(await WriteAsync());

        token.Alg.ShouldBe("PS256");
        token.GetHeaderValue<string>("x5t#S256").ShouldBe(Base64UrlEncoder.Encode(SHA256.HashData(certificate.RawData)));
        token.Issuer.ShouldBe("pool-portal");
        token.Subject.ShouldBe("pool-portal");
        token.Audiences.ShouldBe(["https://login.example.com/token"]);
        token.IssuedAt.ShouldBe(Now.UtcDateTime);
        token.ValidTo.ShouldBe(Now.AddMinutes(2).UtcDateTime);
        token.Id.Length.ShouldBe(22);
        new JsonWebToken(await WriteAsync()).Id.Equals(token.Id, StringComparison.Ordinal).ShouldBeFalse();
        var check = new TokenValidationParameters
        {
            IssuerSigningKey = new RsaSecurityKey(certificate.GetRSAPublicKey()),
            ValidIssuer = "pool-portal",
            ValidAudience = "https://login.example.com/token",
            ValidateLifetime = false,
        };
        (await new JsonWebTokenHandler().ValidateTokenAsync(token.EncodedToken, check)).IsValid.ShouldBeTrue();
    }

    [Fact]
    public async Task A_provider_that_takes_RS256_alone_gets_that()
    {
        using var certificate = CertificateOf(Key, Now.AddYears(1));
        _vault.Value = PemOf(Key, certificate);
        _provider.TokenEndpointAuthSigningAlgValuesSupported.Add("RS256");

        new JsonWebToken(await WriteAsync()).Alg.ShouldBe("RS256");
    }

    [Fact]
    public async Task A_certificate_that_has_ended_is_not_used()
    {
        using var certificate = CertificateOf(Key, Now);
        _vault.Value = PemOf(Key, certificate);

        (await WhyNotAsync()).ShouldBe("The certificate of the client key in the vault has ended. Make a new one, and register it at the provider.");
    }

    [Fact]
    public async Task A_weak_key_is_not_used()
    {
        using var weak = RSA.Create(1024);
        using var certificate = CertificateOf(weak, Now.AddYears(1));
        _vault.Value = PemOf(weak, certificate);

        (await WhyNotAsync()).ShouldBe("The client key in the vault must be an RSA key of at least 2048 bits.");
    }

    [Theory]
    [InlineData("hunter2")]
    [InlineData("key alone")]
    [InlineData("another's certificate")]
    public async Task What_is_no_key_with_its_certificate_is_told_and_not_quoted(string what)
    {
        using var other = RSA.Create(2048);
        using var certificate = CertificateOf(other, Now.AddYears(1));
        _vault.Value = what switch
        {
            "key alone" => Key.ExportPkcs8PrivateKeyPem(),
            "another's certificate" => PemOf(Key, certificate),
            _ => what,
        };

        (await WhyNotAsync()).ShouldBe("The client key in the vault cannot be read. It must be a private key (RSA, not encrypted) and its certificate, both as PEM, one after the other.");
    }

    public void Dispose() => _key.Dispose();

    private async Task<string> WriteAsync()
    {
        (await _key.GetAsync(CancellationToken.None)).TryGet(out var pair, out var failure).ShouldBeTrue(failure?.Message);
        return _key.Write(pair!, "pool-portal", _provider);
    }

    private async Task<string> WhyNotAsync()
    {
        (await _key.GetAsync(CancellationToken.None)).TryGet(out _, out var failure).ShouldBeFalse();
        return failure!.Message;
    }

    private static X509Certificate2 CertificateOf(RSA key, DateTimeOffset end) =>
        new CertificateRequest("CN=pool-portal", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(Now.AddYears(-1), end);

    private static string PemOf(RSA key, X509Certificate2 certificate) => $"{key.ExportPkcs8PrivateKeyPem()}\n{certificate.ExportCertificatePem()}";
}
