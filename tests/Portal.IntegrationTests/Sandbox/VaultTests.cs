using System.Net;
using System.Text.Json;

namespace Portal.IntegrationTests.Sandbox;

public sealed class VaultTests : IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private readonly HttpClient _client = new();
    private Portal.Sandbox.SandboxHost _host = null!;

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
    public async Task A_role_and_its_secret_open_the_vault_for_an_hour()
    {
        var auth = (await LogInAsync()).Json.GetProperty("auth");
        var token = auth.GetProperty("client_token").GetString()!;

        auth.GetProperty("lease_duration").GetInt32().ShouldBe(3600);
        var secret = (await GetAsync("/v1/secret/data/pool-portal", token)).Json.GetProperty("data");
        secret.GetProperty("data").GetProperty("token").GetString().ShouldBe("dop_v1_sandbox");
        secret.GetProperty("metadata").GetProperty("version").GetInt32().ShouldBe(1);
        (await GetAsync("/v1/secret/data/pool-portal/sign-in", token)).Json.GetProperty("data").GetProperty("data").GetProperty("client_secret").GetString()
            .ShouldBe(_host.ClientSecret);

        _clock.Advance(TimeSpan.FromSeconds(3599));
        (await GetAsync("/v1/auth/token/lookup-self", token)).Json.GetProperty("data").GetProperty("ttl").GetInt32().ShouldBe(1);
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await GetAsync("/v1/auth/token/lookup-self", token)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_renewed_token_lives_another_hour()
    {
        var token = await TokenAsync();
        _clock.Advance(TimeSpan.FromMinutes(50));

        (await SendAsync(HttpMethod.Post, "/v1/auth/token/renew-self", "{}", token)).Status.ShouldBe(HttpStatusCode.OK);
        _clock.Advance(TimeSpan.FromMinutes(50));

        (await GetAsync("/v1/secret/data/pool-portal", token)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("pool-portal", "wrong")]
    [InlineData("other", null)]
    public async Task A_wrong_role_or_secret_is_refused(string role, string? secret)
    {
        var answer = await LogInAsync(role, secret);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Body.ShouldBe("""{"errors":["invalid role or secret ID"]}""");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("root")]
    [InlineData("hvs.something")]
    public async Task A_token_that_was_not_given_out_is_refused(string? token)
    {
        var answer = await GetAsync("/v1/secret/data/pool-portal", token);

        answer.Status.ShouldBe(HttpStatusCode.Forbidden);
        answer.Body.ShouldBe("""{"errors":["permission denied"]}""");
    }

    [Fact]
    public async Task A_missing_secret_is_not_found_and_another_mount_is_denied()
    {
        var token = await TokenAsync();

        var missing = await GetAsync("/v1/secret/data/nothing", token);
        missing.Status.ShouldBe(HttpStatusCode.NotFound);
        missing.Body.ShouldBe("""{"errors":[]}""");
        (await GetAsync("/v1/secret/data/pool-portal?version=7", token)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await GetAsync("/v1/other/data/pool-portal", token)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_new_version_is_read_and_the_old_one_is_kept()
    {
        var token = await TokenAsync();
        _host.WriteSecret("pool-portal", new { token = "next" }).ShouldBe(2);

        var newest = (await GetAsync("/v1/secret/data/pool-portal", token)).Json.GetProperty("data");
        var first = (await GetAsync("/v1/secret/data/pool-portal?version=1", token)).Json.GetProperty("data");

        newest.GetProperty("data").GetProperty("token").GetString().ShouldBe("next");
        newest.GetProperty("metadata").GetProperty("version").GetInt32().ShouldBe(2);
        first.GetProperty("data").GetProperty("token").GetString().ShouldBe("dop_v1_sandbox");
        (await GetAsync("/v1/secret/metadata/pool-portal", token)).Json.GetProperty("data").GetProperty("current_version").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task Check_and_set_writes_only_over_the_version_it_names()
    {
        var token = await TokenAsync();
        const string Path = "/v1/secret/data/pool-portal/new";

        (await SendAsync(HttpMethod.Post, Path, """{"data":{"a":"1"},"options":{"cas":1}}""", token)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await SendAsync(HttpMethod.Post, Path, """{"data":{"a":"1"},"options":{"cas":0}}""", token)).Json.GetProperty("data").GetProperty("version").GetInt32().ShouldBe(1);
        var refused = await SendAsync(HttpMethod.Post, Path, """{"data":{"a":"2"},"options":{"cas":0}}""", token);
        refused.Body.ShouldBe("""{"errors":["check-and-set parameter did not match the current version"]}""");
        (await SendAsync(HttpMethod.Post, Path, """{"data":{"a":"2"}}""", token)).Json.GetProperty("data").GetProperty("version").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task A_sealed_vault_says_so_to_everything_and_is_as_before_when_unsealed()
    {
        var token = await TokenAsync();
        (await SendAsync(HttpMethod.Post, "/sandbox/seal")).Status.ShouldBe(HttpStatusCode.NoContent);

        var answer = await GetAsync("/v1/secret/data/pool-portal", token);
        answer.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Body.ShouldBe("""{"errors":["Vault is sealed"]}""");
        (await LogInAsync()).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await GetAsync("/v1/sys/health", token: null)).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await GetAsync("/v1/sys/seal-status", token: null)).Json.GetProperty("sealed").GetBoolean().ShouldBeTrue();

        (await SendAsync(HttpMethod.Post, "/sandbox/unseal")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await GetAsync("/v1/secret/data/pool-portal", token)).Status.ShouldBe(HttpStatusCode.OK);
        (await GetAsync("/v1/sys/health", token: null)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_control_writes_a_new_version_over_http()
    {
        var token = await TokenAsync();

        (await SendAsync(HttpMethod.Post, "/sandbox/vault/pool-portal", """{"token":"rotated"}""")).Json.GetProperty("version").GetInt32().ShouldBe(2);

        (await GetAsync("/v1/secret/data/pool-portal", token)).Body.ShouldContain("rotated");
        (await SendAsync(HttpMethod.Post, "/sandbox/vault/pool-portal", "[]")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    private async Task<string> TokenAsync() => (await LogInAsync()).Json.GetProperty("auth").GetProperty("client_token").GetString()!;

    private Task<ApiAnswer> LogInAsync(string? role = null, string? secret = null) => SendAsync(
        HttpMethod.Post,
        "/v1/auth/approle/login",
        JsonSerializer.Serialize(new { role_id = role ?? _host.VaultRoleId, secret_id = secret ?? _host.VaultSecretId }));

    private Task<ApiAnswer> GetAsync(string path, string? token) => SendAsync(HttpMethod.Get, path, token: token);

    private async Task<ApiAnswer> SendAsync(HttpMethod method, string path, string? body = null, string? token = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        if (token is not null)
        {
            request.Headers.Add("X-Vault-Token", token);
        }

        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        return new ApiAnswer(
            response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), response.Headers, response.Content.Headers);
    }
}
