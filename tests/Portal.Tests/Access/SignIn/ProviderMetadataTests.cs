using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Portal.Access;

namespace Portal.Tests.Access.SignIn;

public sealed class ProviderMetadataTests : IDisposable
{
    private const string Authority = "https://login.example.com/company";

    private readonly ManualTimeProvider _clock = new();
    private readonly StubHttp _http;
    private readonly ProviderMetadata _metadata;
    private string _document = Document();
    private bool _isDown;

    public ProviderMetadataTests()
    {
        _http = new StubHttp(request => _isDown
            ? throw new HttpRequestException(HttpRequestError.ConnectionError)
            : new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(request.RequestUri!.AbsolutePath.EndsWith("/keys", StringComparison.Ordinal) ? """{"keys":[]}""" : _document) });
        _metadata = new ProviderMetadata(_http, Options.Create(new SignInOptions { Authority = Authority, ClientId = "pool-portal" }), _clock, NullLogger<ProviderMetadata>.Instance);
    }

    [Fact]
    public async Task Metadata_is_read_once_for_all_who_ask_within_12_hours()
    {
        _metadata.AtHand.ShouldBeNull();
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => GetAsync()));
        _clock.Advance(TimeSpan.FromHours(12) - TimeSpan.FromSeconds(1));
        (await GetAsync()).ShouldBeNull();
        _http.Requests.Count.ShouldBe(2);
        _metadata.AtHand.ShouldNotBeNull();

        _clock.Advance(TimeSpan.FromSeconds(1));
        await GetAsync();
        _http.Requests.Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_provider_that_is_down_is_asked_again_after_two_seconds()
    {
        _isDown = true;
        (await GetAsync())!.ShouldStartWith("The provider's metadata cannot be read");
        await GetAsync();
        _http.Requests.Count.ShouldBe(1);

        _isDown = false;
        _clock.Advance(TimeSpan.FromSeconds(2));
        (await GetAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task What_was_read_is_used_for_a_day_while_the_provider_is_down()
    {
        await GetAsync();
        _isDown = true;

        _clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        (await GetAsync()).ShouldBeNull();
        _clock.Advance(TimeSpan.FromSeconds(30));
        (await GetAsync()).ShouldNotBeNull();
    }

    [Fact]
    public async Task Newer_metadata_is_had_at_once_but_not_more_often_than_every_10_seconds()
    {
        (await _metadata.GetAsync(CancellationToken.None)).TryGet(out var first, out _);
        (await _metadata.GetNewerAsync(first!, CancellationToken.None)).TryGet(out var second, out _);
        second.ShouldNotBeSameAs(first);

        (await _metadata.GetNewerAsync(first!, CancellationToken.None)).TryGet(out var known, out _);
        known.ShouldBeSameAs(second);
        (await _metadata.GetNewerAsync(second!, CancellationToken.None)).TryGet(out var tooSoon, out _);
        tooSoon.ShouldBeSameAs(second);
        _http.Requests.Count.ShouldBe(4);
        _clock.Advance(ProviderMetadata.RefreshesApart);
        (await _metadata.GetNewerAsync(second!, CancellationToken.None)).TryGet(out var third, out _);
        third.ShouldNotBeSameAs(second);
    }

    [Theory]
    [InlineData("issuer", "https://evil.example", "The provider's metadata names another issuer than SignIn:Authority.")]
    [InlineData("issuer", "https://login.example.com", "The provider's metadata names another issuer than SignIn:Authority.")]
    [InlineData("token_endpoint", "http://login.example.com/token", "The provider's metadata lacks an authorization, token or keys address over https.")]
    [InlineData("authorization_endpoint", "javascript:alert(1)", "The provider's metadata lacks an authorization, token or keys address over https.")]
    [InlineData("end_session_endpoint", "http://login.example.com/end", "The provider's metadata names a sign-out address that is not https.")]
    [InlineData("jwks_uri", "http://login.example.com/keys", "The provider's metadata is not what it should be (InvalidOperationException).")]
    public async Task Metadata_that_leads_elsewhere_is_refused(string name, string value, string message)
    {
        _document = Document((name, value));

        (await GetAsync()).ShouldBe(message);
    }

    [Theory]
    [InlineData("<html>Bad gateway</html>")]
    [InlineData("")]
    [InlineData("[]")]
    public async Task What_is_not_metadata_is_refused(string document)
    {
        _document = document;

        (await GetAsync())!.ShouldStartWith("The provider's metadata");
    }

    public void Dispose()
    {
        _metadata.Dispose();
        _http.Dispose();
    }

    private async Task<string?> GetAsync() => (await _metadata.GetAsync(CancellationToken.None)).TryGet(out _, out var failure) ? null : failure.Message;

    private static string Document(params (string Name, string Value)[] changes)
    {
        var document = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["issuer"] = Authority,
            ["authorization_endpoint"] = Authority + "/authorize",
            ["token_endpoint"] = Authority + "/token",
            ["jwks_uri"] = Authority + "/keys",
            ["end_session_endpoint"] = Authority + "/end",
        };
        foreach (var (name, value) in changes)
        {
            document[name] = value;
        }

        return System.Text.Json.JsonSerializer.Serialize(document);
    }
}
