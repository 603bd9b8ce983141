using System.Net;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;
using Portal.Tests.Access.SignIn;
using Portal.Vaults;

namespace Portal.Tests.Vaults;

public sealed class AzureKeyVaultTests
{
    [Fact]
    public async Task A_secret_is_read_with_its_version()
    {
        using var http = new StubHttp(request => request.Headers.Authorization is null ? Challenge() : Answer(HttpStatusCode.OK, """
            {"value":"hunter2","id":"https://pools.vault.azure.net/secrets/pool-portal-sign-in/4387e9f3d6e14c459867679a90fd0f79","attributes":{"enabled":true}}
            """));

        var answer = await Vault(http).ReadAsync("pool-portal/sign_in", "client_secret", CancellationToken.None);

        answer.TryGet(out var secret, out var failure).ShouldBeTrue(failure?.Message);
        secret!.Value.Reveal().ShouldBe("hunter2");
        secret.Version.ShouldBe("4387e9f3d6e14c459867679a90fd0f79");
        http.Requests[^1].Request.RequestUri!.AbsolutePath.ShouldStartWith("/secrets/pool-portal-sign-in");
    }

    [Theory]
    [InlineData(403, "Azure Key Vault does not let the portal read the secret pool-portal-token. Give its identity the role Key Vault Secrets User.")]
    [InlineData(404, "Azure Key Vault has no secret pool-portal-token, or it is disabled or deleted.")]
    [InlineData(400, "Azure Key Vault answered 400.")]
    public async Task An_answer_has_its_words(int status, string words)
    {
        using var http = new StubHttp(request => request.Headers.Authorization is null ? Challenge() : Answer((HttpStatusCode)status, "{}"));

        var answer = await Vault(http).ReadAsync("pool-portal-token", "", CancellationToken.None);

        answer.TryGet(out _, out var failure).ShouldBeFalse();
        failure!.Message.ShouldBe(words);
    }

    [Fact]
    public async Task A_vault_that_is_not_there_has_its_words()
    {
        using var http = new StubHttp(_ => throw new HttpRequestException(HttpRequestError.ConnectionError));

        (await Vault(http).ReadAsync("pool-portal-token", "", CancellationToken.None)).TryGet(out _, out var failure).ShouldBeFalse();
        failure!.Message.ShouldBe("Azure Key Vault cannot be reached. Check Vault:AzureKeyVault:Address and the network.");
    }

    private static AzureKeyVault Vault(StubHttp http)
    {
        var how = new SecretClientOptions { Transport = new HttpClientTransport(http) };
        how.Retry.Delay = TimeSpan.FromMilliseconds(1);
        return new AzureKeyVault(AzureKeyVault.Connect(new AzureKeyVaultOptions { Address = "https://pools.vault.azure.net" }, new StubCredential(), how));
    }

    private static HttpResponseMessage Challenge()
    {
        var response = Answer(HttpStatusCode.Unauthorized, "{}");
        response.Headers.Add("WWW-Authenticate", "Bearer authorization=\"https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555\", resource=\"https://vault.azure.net\"");
        return response;
    }

    private static HttpResponseMessage Answer(HttpStatusCode status, string body) => new(status) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };

    private sealed class StubCredential : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new("token", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }
}
