using System.Net;
using Microsoft.Extensions.Options;
using Portal.Tests.Access.SignIn;
using Portal.Vaults;

namespace Portal.Tests.Vaults;

public sealed class HashiCorpVaultTests : IDisposable
{
    private const string Login = """{"auth":{"client_token":"hvs.client","lease_duration":900}}""";
    private const string Kept = """{"data":{"data":{"token":"dop_v1_secret"},"metadata":{"version":7}}}""";

    private readonly ManualTimeProvider _clock = new();
    private readonly string _file = Path.GetTempFileName();
    private readonly List<HashiCorpLogin> _logins = [];
    private readonly StubHttp _http;
    private readonly Queue<(HttpStatusCode Status, string Body)> _reads = new();
    private (HttpStatusCode Status, string Body) _login = (HttpStatusCode.OK, Login);

    public HashiCorpVaultTests()
    {
        File.WriteAllText(_file, "the-secret-id\n");
        _http = new StubHttp(request =>
        {
            var (status, body) = IsLogin(request) ? _login : _reads.TryDequeue(out var answer) ? answer : (HttpStatusCode.OK, Kept);
            return new HttpResponseMessage(status) { Content = new StringContent(body) };
        });
    }

    [Fact]
    public async Task A_secret_is_read_with_the_token_of_a_login_and_with_its_version()
    {
        (await Vault().ReadAsync("pool-portal", "token", CancellationToken.None)).TryGet(out var secret, out var failure).ShouldBeTrue(failure?.Message);

        secret!.Value.Reveal().ShouldBe("dop_v1_secret");
        secret.Version.ShouldBe("7");
        _http.Requests[0].Body.ShouldBe("""{"role_id":"the-role","secret_id":"the-secret-id"}""");
        _http.Requests[1].Request.RequestUri!.AbsolutePath.ShouldBe("/v1/secret/data/pool-portal");
        _http.Requests[1].Request.Headers.GetValues("X-Vault-Token").ShouldBe(["hvs.client"]);
    }

    [Fact]
    public async Task A_login_serves_as_long_as_its_lease()
    {
        var vault = Vault();
        await ReadAsync(vault);
        _clock.Advance(TimeSpan.FromSeconds(899));
        await ReadAsync(vault);
        Logins.ShouldBe(1);

        _clock.Advance(TimeSpan.FromSeconds(1));
        await ReadAsync(vault);
        Logins.ShouldBe(2);
    }

    [Fact]
    public async Task Who_asks_at_the_same_time_shares_one_login()
    {
        var vault = Vault();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ReadAsync(vault)));

        Logins.ShouldBe(1);
    }

    [Fact]
    public async Task A_pod_signs_in_by_its_service_account()
    {
        var vault = Vault(options: new HashiCorpOptions
        {
            Address = "https://vault.example.com",
            KubernetesRole = "portal",
            ServiceAccountTokenFile = _file,
            LoginMount = "k8s/eu",
        });

        (await ReadAsync(vault)).ShouldBeNull();

        _http.Requests[0].Request.RequestUri!.AbsolutePath.ShouldBe("/v1/auth/k8s/eu/login");
        _http.Requests[0].Body.ShouldBe("""{"role":"portal","jwt":"the-secret-id"}""");
        _login = (HttpStatusCode.Forbidden, "{}");
        _clock.Advance(TimeSpan.FromHours(1));
        (await ReadAsync(vault)).ShouldBe(
            "The vault does not accept the portal's Kubernetes service account. Check Vault:HashiCorp:KubernetesRole, and the service account and namespace that the vault's role names.");
    }

    [Fact]
    public async Task After_a_403_the_portal_signs_in_again_once()
    {
        _reads.Enqueue((HttpStatusCode.Forbidden, "{}"));

        (await ReadAsync(Vault())).ShouldBeNull();
        Logins.ShouldBe(2);
    }

    [Fact]
    public async Task A_second_403_is_a_lack_of_permission()
    {
        _reads.Enqueue((HttpStatusCode.Forbidden, "{}"));
        _reads.Enqueue((HttpStatusCode.Forbidden, "{}"));

        (await ReadAsync(Vault())).ShouldBe("The vault does not let the portal read secret/pool-portal. Its policy needs the capability read on secret/data/pool-portal.");
        _http.Requests.Count.ShouldBe(4);
    }

    [Theory]
    [InlineData(503, "The vault is sealed or in maintenance. Unseal it; the portal goes on by itself.")]
    [InlineData(404, "The vault has nothing at secret/pool-portal, or its newest version is deleted. Put the secret there, in a KV v2 engine.")]
    [InlineData(307, "The vault answered with a redirect, which is not followed. Point Vault:HashiCorp:Address at the active node.")]
    [InlineData(429, "The vault's node is a standby or asks for fewer requests. Point Vault:HashiCorp:Address at the active node.")]
    [InlineData(500, "The vault answered 500.")]
    public async Task An_answer_has_its_words(int status, string words)
    {
        _reads.Enqueue(((HttpStatusCode)status, ""));

        (await ReadAsync(Vault())).ShouldBe(words);
    }

    [Theory]
    [InlineData("""{"data":{"data":{"other":"x"},"metadata":{"version":7}}}""", "The secret pool-portal in the vault has no text in its field token.")]
    [InlineData("""{"data":{"data":{"token":" "},"metadata":{"version":7}}}""", "The secret pool-portal in the vault has no text in its field token.")]
    [InlineData("""{"data":{"data":{"token":42},"metadata":{"version":7}}}""", "The secret pool-portal in the vault has no text in its field token.")]
    [InlineData("""{"data":{"token":"dop_v1_secret"}}""", "What the vault has at pool-portal is not a KV v2 secret. Check Vault:HashiCorp:Mount.")]
    [InlineData("<html>dop_v1_secret</html>", "The vault's answer is not what the vault's API promises. Check that Vault:HashiCorp:Address is a vault.")]
    [InlineData("""{"data":null}""", "The vault's answer is not what the vault's API promises. Check that Vault:HashiCorp:Address is a vault.")]
    public async Task What_is_not_the_secret_has_its_words(string body, string words)
    {
        _reads.Enqueue((HttpStatusCode.OK, body));

        (await ReadAsync(Vault())).ShouldBe(words);
    }

    [Theory]
    [InlineData(400, "{}", "The vault does not accept the portal's AppRole. Check Vault:HashiCorp:RoleId, and put a new secret id into the SecretIdFile.")]
    [InlineData(404, "{}", "The vault has no login at auth/approle. Enable it, or correct Vault:HashiCorp:LoginMount.")]
    [InlineData(503, "{}", "The vault is sealed or in maintenance. Unseal it; the portal goes on by itself.")]
    [InlineData(200, """{"auth":{"client_token":"","lease_duration":900}}""", "The vault's login gave no client token.")]
    [InlineData(200, """{"auth":{"client_token":"a\nb","lease_duration":900}}""", "The vault's login gave no client token.")]
    [InlineData(200, "{}", "The vault's answer is not what the vault's API promises. Check that Vault:HashiCorp:Address is a vault.")]
    public async Task A_failed_login_has_its_words(int status, string body, string words)
    {
        _login = ((HttpStatusCode)status, body);

        (await ReadAsync(Vault())).ShouldBe(words);
    }

    [Theory]
    [InlineData(HttpRequestError.SecureConnectionError, "The vault's certificate is not trusted. Name its authority's PEM file in Vault:HashiCorp:CaFile.")]
    [InlineData(HttpRequestError.NameResolutionError, "The vault's host name is not known. Check Vault:HashiCorp:Address.")]
    [InlineData(HttpRequestError.ConnectionError, "The vault cannot be reached. Check Vault:HashiCorp:Address, the network, and that it runs.")]
    public async Task A_vault_that_is_not_there_has_its_words(HttpRequestError error, string words)
    {
        using var http = new StubHttp(_ => throw new HttpRequestException(error));

        (await ReadAsync(Vault(http))).ShouldBe(words);
    }

    [Fact]
    public async Task A_vault_that_does_not_answer_has_its_words()
    {
        using var http = new StubHttp(_ => throw new TaskCanceledException("time-out", new TimeoutException()));

        (await ReadAsync(Vault(http))).ShouldBe("The vault did not answer within 10 seconds.");
    }

    [Fact]
    public async Task A_token_file_is_read_again_when_the_vault_refuses_the_token()
    {
        await File.WriteAllTextAsync(_file, "hvs.first", TestContext.Current.CancellationToken);
        var vault = Vault(options: new HashiCorpOptions { Address = "https://vault.example.com", TokenFile = _file });
        await ReadAsync(vault);
        await File.WriteAllTextAsync(_file, "hvs.second", TestContext.Current.CancellationToken);
        await ReadAsync(vault);
        _reads.Enqueue((HttpStatusCode.Forbidden, "{}"));
        await ReadAsync(vault);

        _http.Requests.Select(sent => sent.Request.Headers.GetValues("X-Vault-Token").Single()).ShouldBe(["hvs.first", "hvs.first", "hvs.first", "hvs.second"]);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_named()
    {
        File.Delete(_file);

        (await ReadAsync(Vault())).ShouldBe($"Vault:HashiCorp:SecretIdFile: {_file} cannot be read. Put it there and let the portal's user read it.");
    }

    [Fact]
    public async Task Names_are_written_safely_into_the_address()
    {
        await Vault().ReadAsync("a b/c?d#e", "token", CancellationToken.None);

        _http.Requests[1].Request.RequestUri!.PathAndQuery.ShouldBe("/v1/secret/data/a%20b/c%3Fd%23e");
    }

    public void Dispose()
    {
        _logins.ForEach(login => login.Dispose());
        _http.Dispose();
        File.Delete(_file);
    }

    private int Logins => _http.Requests.Count(sent => IsLogin(sent.Request));

    private static bool IsLogin(HttpRequestMessage request) => request.RequestUri!.AbsolutePath.EndsWith("/login", StringComparison.Ordinal);

    private HashiCorpVault Vault(StubHttp? http = null, HashiCorpOptions? options = null)
    {
        var settings = Options.Create(new VaultOptions
        {
            HashiCorp = options ?? new HashiCorpOptions { Address = "https://vault.example.com", RoleId = "the-role", SecretIdFile = _file },
        });
        var login = new HashiCorpLogin(settings, _clock);
        _logins.Add(login);
        return new HashiCorpVault(http ?? _http, login, settings);
    }

    private static async Task<string?> ReadAsync(HashiCorpVault vault) =>
        (await vault.ReadAsync("pool-portal", "token", CancellationToken.None)).TryGet(out _, out var failure) ? null : failure.Message;
}
