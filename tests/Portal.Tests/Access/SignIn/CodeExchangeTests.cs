using System.Net;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Portal.Access;
using Portal.Tests.Vaults;
using Portal.Vaults;

namespace Portal.Tests.Access.SignIn;

public sealed class CodeExchangeTests : IDisposable
{
    private readonly StubVault _vault = new() { Value = "old secret" };
    private readonly ClientSecret _secret;
    private readonly ClientKey _key;
    private readonly OpenIdConnectConfiguration _provider = new() { TokenEndpoint = "https://login.example.com/token" };

    public CodeExchangeTests()
    {
        _secret = new ClientSecret(_vault, Options.Create(Settings), Options.Create(new VaultOptions()), new ManualTimeProvider(), NullLogger<ClientSecret>.Instance);
        _key = new ClientKey(_vault, Options.Create(Settings), Options.Create(new VaultOptions()), new ManualTimeProvider(), NullLogger<ClientKey>.Instance);
    }

    [Fact]
    public async Task A_client_secret_that_was_renewed_in_the_vault_is_read_again_and_the_code_is_used()
    {
        await _secret.GetAsync(CancellationToken.None);
        (_vault.Value, _vault.Version) = ("new secret", "2");
        using var http = new StubHttp(request => SecretIn(request) == "new secret" ? Json(HttpStatusCode.OK, """{"access_token":"a"}""") : Json(HttpStatusCode.Unauthorized, """{"error":"invalid_client"}"""));

        using var tokens = await RedeemAsync(http);

        tokens.RootElement.GetProperty("access_token").GetString().ShouldBe("a");
        http.Requests.Count.ShouldBe(2);
        http.Requests[1].Body.ShouldBe("grant_type=authorization_code&code=the-code&redirect_uri=https%3A%2F%2Fpools.example.com%2Fsignin-oidc&client_id=pool-portal&code_verifier=the-verifier");
    }

    [Fact]
    public async Task A_client_secret_that_stays_wrong_is_tried_twice()
    {
        using var http = new StubHttp(_ => Json(HttpStatusCode.Unauthorized, """{"error":"invalid_client"}"""));

        (await RefusalAsync(http)).Failure.ShouldBe(SignInFailure.ClientRefused);
        http.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_provider_that_takes_the_secret_in_the_form_gets_it_there_alone()
    {
        _provider.TokenEndpointAuthMethodsSupported.Add("client_secret_post");
        using var http = new StubHttp(_ => Json(HttpStatusCode.OK, "{}"));

        using var tokens = await RedeemAsync(http);

        http.Requests[0].Body.ShouldEndWith("&client_secret=old+secret");
        http.Requests[0].Request.Headers.Authorization.ShouldBeNull();
    }

    [Theory]
    [InlineData(400, """{"error":"invalid_grant"}""", "CodeRefused", "The token endpoint said invalid_grant.")]
    [InlineData(400, """{"error":"unauthorized_client"}""", "ClientRefused", "The token endpoint said unauthorized_client; client secret version 1.")]
    [InlineData(400, """{"error":"invalid_request","error_description":"code the-code"}""", "ProviderRefused", "The token endpoint said invalid_request.")]
    [InlineData(400, """{"error":"the-code is WRONG"}""", "ProviderRefused", "The token endpoint said status 400.")]
    [InlineData(500, "{}", "ProviderRefused", "The token endpoint said status 500.")]
    [InlineData(200, "[]", "ProviderRefused", "The token endpoint said status 200.")]
    [InlineData(302, "{}", "ProviderRefused", "The token endpoint said status 302.")]
    [InlineData(502, "<html>", "ProviderRefused", "The token endpoint's answer is not JSON.")]
    public async Task An_answer_without_tokens_has_its_failure(int status, string body, string failure, string detail)
    {
        using var http = new StubHttp(_ => Json((HttpStatusCode)status, body));

        var refused = await RefusalAsync(http);

        refused.Failure.ToString().ShouldBe(failure);
        refused.Message.ShouldBe(detail);
    }

    [Fact]
    public async Task Without_a_vault_there_is_no_exchange()
    {
        _vault.IsDown = true;
        using var http = new StubHttp(_ => Json(HttpStatusCode.OK, "{}"));

        (await RefusalAsync(http)).Failure.ShouldBe(SignInFailure.NoClientSecret);
        http.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_provider_that_is_not_there_has_its_failure()
    {
        using var gone = new StubHttp(_ => throw new HttpRequestException(HttpRequestError.ConnectionError));
        using var slow = new StubHttp(_ => throw new TaskCanceledException("time-out", new TimeoutException()));

        (await RefusalAsync(gone)).Failure.ShouldBe(SignInFailure.ProviderUnreachable);
        (await RefusalAsync(slow)).Failure.ShouldBe(SignInFailure.ProviderUnreachable);
    }

    public void Dispose()
    {
        _secret.Dispose();
        _key.Dispose();
    }

    private static SignInOptions Settings => new() { Authority = "https://login.example.com", ClientId = "pool-portal" };

    private Task<System.Text.Json.JsonDocument> RedeemAsync(StubHttp http)
    {
        var properties = new AuthenticationProperties();
        properties.Items[OAuthConstants.CodeVerifierKey] = "the-verifier";
        return new CodeExchange(http, new ClientProofs(_secret, _key, Options.Create(Settings)), Options.Create(Settings))
            .RedeemAsync(_provider, new OAuthCodeExchangeContext(properties, "the-code", "https://pools.example.com/signin-oidc"), CancellationToken.None);
    }

    private Task<SignInRefusedException> RefusalAsync(StubHttp http) => Should.ThrowAsync<SignInRefusedException>(() => RedeemAsync(http));

    private static string SecretIn(HttpRequestMessage request) =>
        WebUtility.UrlDecode(Encoding.ASCII.GetString(Convert.FromBase64String(request.Headers.Authorization!.Parameter!)).Split(':')[1]);

    private static HttpResponseMessage Json(HttpStatusCode status, string body) => new(status) { Content = new StringContent(body) };
}
