using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using Portal.Sandbox;

namespace Portal.IntegrationTests.Sandbox;

public sealed class AuthenticationTests(ColdSandbox sandbox) : IClassFixture<ColdSandbox>
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("dop_v1_sandbo")]
    [InlineData("dop_v1_sandboxx")]
    [InlineData("DOP_V1_SANDBOX")]
    [InlineData("dop_v1_sandbox ,dop_v1_sandbox")]
    public async Task A_token_that_is_not_exactly_one_of_the_two_is_refused(string? token)
    {
        using var client = new HttpClient { BaseAddress = sandbox.Host.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v2/account");
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        }

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        body.ShouldContain("\"id\":\"unauthorized\"");
        body.ShouldContain("\"message\":\"Unable to authenticate you.\"");
    }

    [Fact]
    public async Task A_token_in_another_scheme_is_refused()
    {
        using var client = new HttpClient { BaseAddress = sandbox.Host.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v2/account");
        request.Headers.TryAddWithoutValidation("Authorization", SandboxApi.AllScopes);

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_missing_scope_is_forbidden_in_the_words_of_the_specification()
    {
        using var api = new SandboxApi(sandbox.Host, SandboxApi.NoView);

        var answer = await api.GetAsync("/v2/databases/metrics/credentials");

        answer.Status.ShouldBe(HttpStatusCode.Forbidden);
        answer.Message.ShouldBe("You do not have access for the attempted action.");
    }

    [Fact]
    public async Task Without_the_scope_to_view_credentials_no_password_is_in_any_answer()
    {
        using var all = new SandboxApi(sandbox.Host);
        using var api = new SandboxApi(sandbox.Host, SandboxApi.NoView);
        var passwords = sandbox.Host.Secrets.SelectMany(secret => new[] { secret, Uri.EscapeDataString(secret), JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString() }).ToList();
        string[] paths =
        [
            "/v2/databases",
            $"/v2/databases/{SandboxClusters.PaymentsStaging}",
            $"/v2/databases/{SandboxClusters.PaymentsStaging}/users",
            $"/v2/databases/{SandboxClusters.PaymentsStaging}/users/ledger",
            SandboxApi.Pools(SandboxClusters.PaymentsStaging),
            SandboxApi.Pool(SandboxClusters.PaymentsStaging, "payments-app"),
        ];

        foreach (var path in paths)
        {
            var withScope = await all.GetAsync(path);
            var without = await api.GetAsync(path);

            without.Status.ShouldBe(HttpStatusCode.OK);
            passwords.ShouldContain(password => withScope.Json.GetRawText().Contains(password, StringComparison.Ordinal), path);
            passwords.ShouldNotContain(password => without.Body.Contains(password, StringComparison.Ordinal), path);
        }
    }

    [Fact]
    public async Task Without_the_scope_a_connection_keeps_its_user_in_the_uri_alone()
    {
        using var api = new SandboxApi(sandbox.Host, SandboxApi.NoView);

        var connection = (await api.GetAsync(SandboxApi.Pool(SandboxClusters.PaymentsStaging, "payments-app"))).Json.GetProperty("pool").GetProperty("connection");

        connection.GetProperty("uri").GetString()!.ShouldStartWith("postgresql://payments:@");
        connection.TryGetProperty("user", out _).ShouldBeFalse();
        connection.TryGetProperty("password", out _).ShouldBeFalse();
    }
}
