using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Portal.Sandbox;
using Portal.Sandbox.SignIn;

namespace Portal.IntegrationTests.Sandbox;

public sealed class SignInTests : IAsyncLifetime
{
    private const string Redirect = "http://localhost:5080/signin-oidc";
    private const string Verifier = "a-code-verifier-that-is-long-enough-to-be-one-0123456789";
    private readonly FakeClock _clock = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private SandboxHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await ColdSandbox.StartAsync(clock: _clock);
        _client.BaseAddress = _host.Address;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task A_sign_in_ends_in_an_id_token_that_says_who_it_is()
    {
        var answer = await RedeemAsync(await CodeAsync("lead"));

        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var token = await ValidateAsync(answer.Json.GetProperty("id_token").GetString()!);
        token.IsValid.ShouldBeTrue();
        token.Claims["nonce"].ShouldBe("the-nonce");
        token.Claims["name"].ShouldBe("Lee Lead");
        token.Claims["preferred_username"].ShouldBe("lead");
        token.Claims["sub"].ShouldBe(SandboxAccount.Find("lead")!.Subject);
        token.Claims["roles"].ShouldBe("Pool.TeamLead");
        ((List<object>)token.Claims["groups"]).ShouldBe(["payments", "payments-leads"]);
        token.Claims["auth_time"].ShouldBe(_clock.GetUtcNow().ToUnixTimeSeconds());
        var accessToken = answer.Json.GetProperty("access_token").GetString()!;
        token.Claims["at_hash"].ShouldBe(Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken))[..16]));
        var parsed = (JsonWebToken)token.SecurityToken;
        parsed.Alg.ShouldBe("RS256");
        parsed.Typ.ShouldBe("JWT");
        parsed.Audiences.ShouldBe([SignInClient.Id]);
        (parsed.ValidTo - parsed.IssuedAt).ShouldBe(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Somebody_without_a_role_has_no_roles_claim()
    {
        var answer = await RedeemAsync(await CodeAsync("outsider"));

        var token = new JsonWebToken(answer.Json.GetProperty("id_token").GetString());
        token.Claims.ShouldNotContain(claim => claim.Type == "roles");
        token.Claims.ShouldNotContain(claim => claim.Type == "groups");
    }

    [Fact]
    public async Task The_page_has_one_button_an_account_and_neither_script_nor_inline_style()
    {
        using var response = await _client.GetAsync(Authorize(), TestContext.Current.CancellationToken);
        var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (var account in SandboxAccount.All)
        {
            page.ShouldContain($"""value="{account.Name}" aria-describedby="about-{account.Name}">{account.Name}</button>""");
        }

        page.ShouldContain("<html lang=\"en\">");
        page.ShouldContain("<h1>Sign in to the sandbox</h1>");
        page.ShouldNotContain("<script");
        page.ShouldNotContain("style=");
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("default-src 'none'");
        policy.ShouldContain("form-action 'self' http://localhost:5080 http://127.0.0.1:5080");
        (await _client.GetAsync("/oidc/sign-in.css", TestContext.Current.CancellationToken)).Content.Headers.ContentType!.MediaType.ShouldBe("text/css");
    }

    [Theory]
    [InlineData("code_challenge", null, "invalid_request")]
    [InlineData("code_challenge", "short", "invalid_request")]
    [InlineData("code_challenge_method", null, "invalid_request")]
    [InlineData("code_challenge_method", "plain", "invalid_request")]
    [InlineData("nonce", null, "invalid_request")]
    [InlineData("response_type", "token", "unsupported_response_type")]
    [InlineData("response_type", null, "invalid_request")]
    [InlineData("response_mode", "form_post", "invalid_request")]
    [InlineData("scope", "profile", "invalid_scope")]
    [InlineData("prompt", "none", "login_required")]
    [InlineData("request", "eyJ", "request_not_supported")]
    public async Task A_request_that_does_not_hold_is_sent_back_with_an_error(string parameter, string? value, string error)
    {
        using var response = await _client.GetAsync(Authorize((parameter, value)), TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        response.Headers.Location!.GetLeftPart(UriPartial.Path).ShouldBe(Redirect);
        var query = QueryHelpers.ParseQuery(response.Headers.Location.Query);
        query["error"].ToString().ShouldBe(error);
        query["state"].ToString().ShouldBe("the-state");
        query["iss"].ToString().ShouldBe(_host.Issuer.ToString());
        query.ShouldNotContainKey("code");
    }

    [Theory]
    [InlineData("redirect_uri", null)]
    [InlineData("redirect_uri", "http://localhost:5080/signin-oidc/")]
    [InlineData("redirect_uri", "http://localhost:5081/signin-oidc")]
    [InlineData("redirect_uri", "https://evil.example/signin-oidc")]
    [InlineData("client_id", null)]
    [InlineData("client_id", "other")]
    public async Task Nobody_is_sent_to_an_address_that_is_not_the_portals(string parameter, string? value)
    {
        using var response = await _client.GetAsync(Authorize((parameter, value)), TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        response.Headers.Location.ShouldBeNull();
    }

    [Fact]
    public async Task A_code_is_good_for_one_use()
    {
        var code = await CodeAsync();

        (await RedeemAsync(code)).Status.ShouldBe(HttpStatusCode.OK);
        var second = await RedeemAsync(code);

        second.Status.ShouldBe(HttpStatusCode.BadRequest);
        second.Json.GetProperty("error").GetString().ShouldBe("invalid_grant");
    }

    [Theory]
    [InlineData(59, HttpStatusCode.OK)]
    [InlineData(60, HttpStatusCode.BadRequest)]
    public async Task A_code_is_good_for_a_minute(int seconds, HttpStatusCode status)
    {
        var code = await CodeAsync();
        _clock.Advance(TimeSpan.FromSeconds(seconds));

        (await RedeemAsync(code)).Status.ShouldBe(status);
    }

    [Theory]
    [InlineData("code_verifier", "another-code-verifier-that-is-long-enough-to-be-one-012", "invalid_grant")]
    [InlineData("code_verifier", null, "invalid_request")]
    [InlineData("redirect_uri", "http://127.0.0.1:5080/signin-oidc", "invalid_grant")]
    [InlineData("redirect_uri", null, "invalid_request")]
    [InlineData("code", "made-up", "invalid_grant")]
    [InlineData("grant_type", "password", "unsupported_grant_type")]
    [InlineData("client_secret", "wrong", "invalid_client")]
    [InlineData("client_secret", null, "invalid_client")]
    [InlineData("client_id", "other", "invalid_client")]
    public async Task A_code_is_refused_where_anything_differs(string parameter, string? value, string error)
    {
        var answer = await RedeemAsync(await CodeAsync(), (parameter, value));

        answer.Json.GetProperty("error").GetString().ShouldBe(error);
        answer.Status.ShouldBe(error == "invalid_client" ? HttpStatusCode.Unauthorized : HttpStatusCode.BadRequest);
        answer.Body.ShouldNotContain("id_token");
    }

    [Fact]
    public async Task The_client_may_authenticate_in_the_header_and_not_in_both_places()
    {
        var basic = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{SignInClient.Id}:{Uri.EscapeDataString(_host.ClientSecret)}")));

        (await RedeemAsync(await CodeAsync(), basic, ("client_secret", null))).Status.ShouldBe(HttpStatusCode.OK);
        (await RedeemAsync(await CodeAsync(), basic)).Json.GetProperty("error").GetString().ShouldBe("invalid_request");
        var wrong = await RedeemAsync(await CodeAsync(), new AuthenticationHeaderValue("Basic", "bm8="), ("client_secret", null));
        wrong.Status.ShouldBe(HttpStatusCode.Unauthorized);
        wrong.Headers.WwwAuthenticate.Single().Scheme.ShouldBe("Basic");
    }

    [Fact]
    public async Task After_a_rotation_only_the_new_key_is_published()
    {
        var before = (await RedeemAsync(await CodeAsync())).Json.GetProperty("id_token").GetString()!;
        var old = (await KeysAsync()).Single().KeyId;

        var rotated = _host.RotateKeys();

        (await KeysAsync()).Single().KeyId.ShouldBe(rotated);
        rotated.ShouldNotBe(old, StringComparer.Ordinal);
        (await ValidateAsync(before)).IsValid.ShouldBeFalse();
        var after = (await RedeemAsync(await CodeAsync())).Json.GetProperty("id_token").GetString()!;
        (await ValidateAsync(after)).IsValid.ShouldBeTrue();
    }

    [Fact]
    public async Task Discovery_names_what_there_is()
    {
        var answer = JsonDocument.Parse(await _client.GetStringAsync("/oidc/.well-known/openid-configuration", TestContext.Current.CancellationToken)).RootElement;

        answer.GetProperty("issuer").GetString().ShouldBe($"http://localhost:{_host.Address.Port}/oidc");
        answer.GetProperty("code_challenge_methods_supported")[0].GetString().ShouldBe("S256");
        answer.GetProperty("authorization_response_iss_parameter_supported").GetBoolean().ShouldBeTrue();
        foreach (var endpoint in new[] { "authorization_endpoint", "token_endpoint", "jwks_uri", "end_session_endpoint" })
        {
            answer.GetProperty(endpoint).GetString()!.ShouldStartWith($"http://localhost:{_host.Address.Port}/oidc/");
        }
    }

    [Fact]
    public async Task A_sign_out_goes_back_to_the_portal_and_nowhere_else()
    {
        var hint = (await RedeemAsync(await CodeAsync())).Json.GetProperty("id_token").GetString()!;
        _host.RotateKeys();
        _clock.Advance(TimeSpan.FromHours(9));

        async Task<HttpResponseMessage> EndAsync(string? token, string address) => await _client.GetAsync(
            QueryHelpers.AddQueryString("/oidc/end_session", new Dictionary<string, string?>(StringComparer.Ordinal) { ["id_token_hint"] = token, ["post_logout_redirect_uri"] = address, ["state"] = "s" }),
            TestContext.Current.CancellationToken);

        using var back = await EndAsync(hint, "http://localhost:5080/signout-callback-oidc");
        using var elsewhere = await EndAsync(hint, "http://localhost:5080/elsewhere");
        using var forged = await EndAsync(hint[..^4] + "AAAA", "http://localhost:5080/signout-callback-oidc");
        using var nameless = await EndAsync(null, "http://localhost:5080/signout-callback-oidc");

        back.Headers.Location.ShouldBe(new Uri("http://localhost:5080/signout-callback-oidc?state=s"));
        elsewhere.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        forged.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        nameless.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static string Authorize(params (string Name, string? Value)[] changes)
    {
        var query = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["client_id"] = SignInClient.Id,
            ["redirect_uri"] = Redirect,
            ["response_type"] = "code",
            ["response_mode"] = "query",
            ["scope"] = "openid profile",
            ["state"] = "the-state",
            ["nonce"] = "the-nonce",
            ["code_challenge"] = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier))),
            ["code_challenge_method"] = "S256",
        };
        foreach (var (name, value) in changes)
        {
            query[name] = value;
        }

        return QueryHelpers.AddQueryString("/oidc/authorize", query.Where(pair => pair.Value is not null));
    }

    private async Task<string> CodeAsync(string account = "developer")
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("account", account)]);
        using var response = await _client.PostAsync(Authorize(), form, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var query = QueryHelpers.ParseQuery(response.Headers.Location!.Query);
        query["state"].ToString().ShouldBe("the-state");
        query["iss"].ToString().ShouldBe(_host.Issuer.ToString());
        return query["code"].ToString();
    }

    private Task<ApiAnswer> RedeemAsync(string code, params (string Name, string? Value)[] changes) => RedeemAsync(code, basic: null, changes);

    private async Task<ApiAnswer> RedeemAsync(string code, AuthenticationHeaderValue? basic, params (string Name, string? Value)[] changes)
    {
        var fields = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = Redirect,
            ["code_verifier"] = Verifier,
            ["client_id"] = SignInClient.Id,
            ["client_secret"] = _host.ClientSecret,
        };
        foreach (var (name, value) in changes)
        {
            fields[name] = value;
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, "/oidc/token");
        request.Headers.Authorization = basic;
        request.Content = new FormUrlEncodedContent(fields.Where(pair => pair.Value is not null)!);
        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        return new ApiAnswer(
            response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), response.Headers, response.Content.Headers);
    }

    private async Task<IReadOnlyList<SecurityKey>> KeysAsync() =>
        [.. new JsonWebKeySet(await _client.GetStringAsync("/oidc/jwks", TestContext.Current.CancellationToken)).GetSigningKeys()];

    private async Task<TokenValidationResult> ValidateAsync(string token) => await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
    {
        ValidIssuer = _host.Issuer.ToString(),
        ValidAudience = SignInClient.Id,
        IssuerSigningKeys = await KeysAsync(),
        ValidAlgorithms = ["RS256"],
        ValidTypes = ["JWT"],
        TryAllIssuerSigningKeys = false,
        ValidateLifetime = false,
    });
}
