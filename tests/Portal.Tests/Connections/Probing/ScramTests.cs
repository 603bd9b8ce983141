using System.Security.Cryptography;
using System.Text;
using Portal.Connections.Probing;
using Portal.DigitalOcean;

namespace Portal.Tests.Connections.Probing;

/// <summary>The sign-in at PgBouncer's console. A server that computes by the book from the stored keys alone is on the other side.</summary>
public sealed class ScramTests
{
    private const string Nonce = "rOprNGfwEbeRWgbNEkqO";
    private const string Password = "pencil";
    private static readonly byte[] Salt = Convert.FromBase64String("W22ZaJ0SNY7soEsUEjb6gQ==");

    [Fact]
    public void A_server_that_keeps_only_keys_is_convinced_and_convinces()
    {
        var scram = new Scram(new Secret(Password), Nonce);
        scram.First.ShouldBe($"n,,n=,r={Nonce}");
        var challenge = Challenge();

        var answer = scram.Answer(challenge).ShouldNotBeNull();

        answer.ShouldStartWith($"c=biws,r={Nonce}server,p=");
        var signed = $"n=,r={Nonce},{challenge},{answer[..answer.IndexOf(",p=", StringComparison.Ordinal)]}";
        var (storedKey, serverKey) = KeysOf(Password);
        var proof = Convert.FromBase64String(answer[(answer.IndexOf(",p=", StringComparison.Ordinal) + 3)..]);
        var signature = HMACSHA256.HashData(storedKey, Encoding.UTF8.GetBytes(signed));
        SHA256.HashData(proof.Zip(signature, (a, b) => (byte)(a ^ b)).ToArray()).ShouldBe(storedKey);
        var final = $"v={Convert.ToBase64String(HMACSHA256.HashData(serverKey, Encoding.UTF8.GetBytes(signed)))}";
        scram.Proves(final).ShouldBeTrue();
    }

    [Fact]
    public void A_server_that_does_not_know_the_password_proves_nothing()
    {
        var scram = new Scram(new Secret(Password), Nonce);
        scram.Answer(Challenge()).ShouldNotBeNull();

        scram.Proves($"v={Convert.ToBase64String(new byte[32])}").ShouldBeFalse();
        scram.Proves("e=other-error").ShouldBeFalse();
        scram.Proves("").ShouldBeFalse();
    }

    [Fact]
    public void A_server_that_skips_the_challenge_proves_nothing()
    {
        var scram = new Scram(new Secret(Password), Nonce);

        scram.Proves("v=").ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("r=rOprNGfwEbeRWgbNEkqOserver")]
    [InlineData("r=another-nonce,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096")]
    [InlineData("r=rOprNGfwEbeRWgbNEkqO,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096")] // nothing of the server's own in it
    [InlineData("r=rOprNGfwEbeRWgbNEkqOserver,s=%%%%,i=4096")]
    [InlineData("r=rOprNGfwEbeRWgbNEkqOserver,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=0")]
    [InlineData("r=rOprNGfwEbeRWgbNEkqOserver,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=many")]
    [InlineData("r=rOprNGfwEbeRWgbNEkqOserver,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=100001")]
    [InlineData("r=rOprNGfwEbeRWgbNEkqOserver,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=99999999999")]
    public void A_challenge_that_is_not_as_it_has_to_be_is_not_answered(string challenge) =>
        new Scram(new Secret(Password), Nonce).Answer(challenge).ShouldBeNull();

    [Fact]
    public void Each_sign_in_has_a_nonce_of_its_own() =>
        new Scram(new Secret(Password)).First.ShouldNotBe(new Scram(new Secret(Password)).First);

    private static string Challenge() => $"r={Nonce}server,s={Convert.ToBase64String(Salt)},i=4096";

    private static (byte[] StoredKey, byte[] ServerKey) KeysOf(string password)
    {
        var salted = Rfc2898DeriveBytes.Pbkdf2(password, Salt, 4096, HashAlgorithmName.SHA256, 32);
        return (SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8)), HMACSHA256.HashData(salted, "Server Key"u8));
    }
}
