using System.Net;
using Microsoft.AspNetCore.DataProtection;
using Portal.Storage;

namespace Portal.IntegrationTests.Vaults;

/// <summary>The key that encrypts Data Protection's keys: without it nobody comes in, and it is said so.</summary>
public sealed class WaitingForVaultTests : VaultScene
{
    private readonly HttpClient _browser = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    [Fact]
    public async Task A_portal_that_starts_before_its_vault_says_so_and_goes_on_by_itself()
    {
        _sandbox.Seal();
        await using var portal = await StartAsync();

        (await GetAsync(portal, "/health/ready")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await GetAsync(portal, "/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var page = await GetAsync(portal, "/");
        page.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        page.Headers.GetValues("Retry-After").ShouldBe(["5"]);
        page.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
        (await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("waits for its vault");

        _sandbox.Unseal();

        await Eventually.BecomesTrueAsync(
            "the portal is ready", async () => (await GetAsync(portal, "/health/ready")).StatusCode is HttpStatusCode.OK, TimeSpan.FromSeconds(30));
        (await GetAsync(portal, "/")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_vault_that_goes_away_afterwards_lets_people_stay_in()
    {
        await using var portal = await StartAsync();
        var developer = await portal.SignInDeveloperAsync();
        _sandbox.Seal();

        (await GetAsync(portal, "/health/ready")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await portal.Of<Portal.Access.Sessions>().ReadAsync(developer, CancellationToken.None)).TryGet(out _, out _).ShouldBeTrue();
    }

    [Fact]
    public async Task The_database_holds_the_keys_encrypted_and_the_next_portal_reads_them()
    {
        string text;
        await using (var first = await StartAsync())
        {
            text = first.Of<IDataProtectionProvider>().CreateProtector("a test").Protect("sealed by the first");
            var xml = first.ReadAll<DataProtectionKey>().ShouldHaveSingleItem().Xml;
            xml.ShouldContain("encryptedKey");
            xml.ShouldNotContain("<masterKey");
            xml.ShouldNotContain(_sandbox.KeyEncryptionKey);
        }

        await using var second = await StartAsync();

        second.Of<IDataProtectionProvider>().CreateProtector("a test").Unprotect(text).ShouldBe("sealed by the first");
        second.ReadAll<DataProtectionKey>().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Keys_that_were_written_before_there_was_a_key_for_them_are_still_read()
    {
        string text;
        await using (var before = await StartAsync(("Vault:KeysPath", "")))
        {
            text = before.Of<IDataProtectionProvider>().CreateProtector("a test").Protect("sealed before");
            before.ReadAll<DataProtectionKey>().ShouldHaveSingleItem().Xml.ShouldContain("<masterKey");
        }

        await using var after = await StartAsync();

        after.Of<IDataProtectionProvider>().CreateProtector("a test").Unprotect(text).ShouldBe("sealed before");
    }

    private Task<HttpResponseMessage> GetAsync(PortalHost portal, string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(portal.Address, path));
        request.Headers.Add("Accept", "text/html");
        return _browser.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
