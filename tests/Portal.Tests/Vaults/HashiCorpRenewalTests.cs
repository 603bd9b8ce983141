using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Portal.Tests.Access.SignIn;
using Portal.Vaults;

namespace Portal.Tests.Vaults;

/// <summary>A login whose secret id is good for one use: the client token has to be kept alive.</summary>
public sealed class HashiCorpRenewalTests : IDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly string _file = Path.GetTempFileName();
    private readonly StubHttp _http;
    private readonly HashiCorpLogin _login;
    private readonly HashiCorpRenewal _renewal;
    private HttpStatusCode _status = HttpStatusCode.OK;
    private int _lease = 900;
    private bool _isRenewable = true;

    public HashiCorpRenewalTests()
    {
        File.WriteAllText(_file, "the-secret-id");
        _http = new StubHttp(request => new HttpResponseMessage(_status)
        {
            Content = new StringContent($$$"""{"auth":{"client_token":"hvs.{{{Name(request)}}}","lease_duration":{{{_lease}}},"renewable":{{{(_isRenewable ? "true" : "false")}}}}}"""),
        });
        var options = Options.Create(new VaultOptions
        {
            HashiCorp = new HashiCorpOptions { Address = "https://vault.example.com", RoleId = "the-role", SecretIdFile = _file },
        });
        _login = new HashiCorpLogin(options, _clock);
        _renewal = new HashiCorpRenewal(_http, _login, _clock, NullLogger<HashiCorpRenewal>.Instance);
    }

    [Fact]
    public async Task A_token_is_renewed_at_two_thirds_of_its_lease_and_serves_on()
    {
        await LogInAsync();
        await AfterAsync(TimeSpan.FromSeconds(599));
        Calls.ShouldBe(["login"]);
        await AfterAsync(TimeSpan.FromSeconds(1));
        Calls.ShouldBe(["login", "renew-self"]);
        await AfterAsync(TimeSpan.FromSeconds(899));
        await LogInAsync();

        Calls.ShouldBe(["login", "renew-self", "renew-self"]);
        _http.Requests[1].Request.Headers.GetValues("X-Vault-Token").ShouldBe(["hvs.login"]);
    }

    [Fact]
    public async Task A_token_near_its_longest_life_is_replaced_by_a_new_login()
    {
        await LogInAsync();
        _lease = 299;

        await AfterAsync(TimeSpan.FromSeconds(600));

        Calls.ShouldBe(["login", "renew-self", "login"]);
    }

    [Fact]
    public async Task A_token_that_cannot_be_renewed_is_replaced()
    {
        _isRenewable = false;
        await LogInAsync();

        await AfterAsync(TimeSpan.FromSeconds(600));

        Calls.ShouldBe(["login", "login"]);
    }

    [Fact]
    public async Task A_vault_that_is_sealed_is_asked_again_after_ten_seconds_and_ever_longer_until_the_lease_ends()
    {
        await LogInAsync();
        _status = HttpStatusCode.ServiceUnavailable;
        List<int> asked = [];
        for (var second = 600; second <= 1000; second++)
        {
            await AfterAsync(TimeSpan.FromSeconds(second == 600 ? 600 : 1));
            if (Calls.Count(call => call == "renew-self") > asked.Count)
            {
                asked.Add(second);
            }
        }

        asked.ShouldBe([600, 610, 630, 670, 750]);
    }

    [Fact]
    public async Task Without_a_login_there_is_nothing_to_renew()
    {
        await AfterAsync(TimeSpan.FromHours(1));

        Calls.ShouldBeEmpty();
    }

    public void Dispose()
    {
        _renewal.Dispose();
        _login.Dispose();
        _http.Dispose();
        File.Delete(_file);
    }

    private IReadOnlyList<string> Calls => [.. _http.Requests.Select(sent => Name(sent.Request))];

    private static string Name(HttpRequestMessage request) => request.RequestUri!.Segments[^1];

    private async Task LogInAsync()
    {
        using var http = ((IHttpClientFactory)_http).CreateClient(HashiCorpVault.Client);
        (await _login.GetAsync(http, CancellationToken.None)).TryGet(out _, out var failure).ShouldBeTrue(failure?.Message);
    }

    private Task AfterAsync(TimeSpan time)
    {
        _clock.Advance(time);
        return _renewal.LookAsync(CancellationToken.None);
    }
}
