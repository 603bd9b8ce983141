namespace Portal.IntegrationTests.Door;

/// <summary>A certificate in the place of the client secret, from the vault to the provider.</summary>
public sealed class ClientKeyTests
{
    [Fact]
    public async Task With_a_key_people_come_in_and_go_on_coming_in_when_it_is_renewed()
    {
        await using var host = await DoorHost.StartAsync(settings => settings["SignIn:ClientKeyPath"] = "pool-portal/sign-in-key");
        (await host.Browser().SignInAsync("developer")).ShouldBe("/signed-out?reason=no-client-secret");
        host.Sandbox.RegisterClientKey().ShouldBe("pool-portal/sign-in-key");
        await Eventually.BecomesTrueAsync("the vault is asked again", async () => await host.Browser().SignInAsync("developer") == "/", TimeSpan.FromSeconds(30));

        // The portal still holds the old key: the provider refuses it, and the vault is asked.
        host.Sandbox.RegisterClientKey();

        (await host.Browser().SignInAsync("lead")).ShouldBe("/");
    }

    [Fact]
    public async Task A_key_that_the_provider_does_not_know_lets_nobody_in()
    {
        await using var host = await DoorHost.StartAsync(settings => settings["SignIn:ClientKeyPath"] = "pool-portal/own-key");
        host.Sandbox.RegisterClientKey();
        host.Sandbox.WriteSecret("pool-portal/own-key", new { client_key = Keys.Pair() });

        (await host.Browser().SignInAsync("developer")).ShouldBe("/signed-out?reason=client-refused");

        host.Refusals.ShouldHaveSingleItem().ShouldContain("The token endpoint said invalid_client; client key version 1.");
    }

    [Fact]
    public async Task A_secret_and_a_key_together_stop_the_start() =>
        (await Should.ThrowAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => DoorHost.StartAsync(settings =>
        {
            settings["SignIn:ClientKeyPath"] = "a";
            settings["SignIn:ClientSecretPath"] = "b";
        }))).Message.ShouldStartWith("SignIn:ClientKeyPath and SignIn:ClientSecretPath are both set.");

    private static class Keys
    {
        public static string Pair()
        {
            using var key = System.Security.Cryptography.RSA.Create(2048);
            var request = new System.Security.Cryptography.X509Certificates.CertificateRequest(
                "CN=other", key, System.Security.Cryptography.HashAlgorithmName.SHA256, System.Security.Cryptography.RSASignaturePadding.Pkcs1);
            using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
            return $"{key.ExportPkcs8PrivateKeyPem()}\n{certificate.ExportCertificatePem()}";
        }
    }
}
