using System.Net;

namespace Portal.Benchmarks.Circuits;

/// <summary>Somebody with a browser of their own: their cookies, and pages as they are loaded.</summary>
internal sealed class Visitor : IDisposable
{
    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _http;

    public Visitor(Uri site)
    {
        Site = site;
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, CookieContainer = _cookies, MaxConnectionsPerServer = 8 }) { BaseAddress = site };
    }

    public Uri Site { get; }

    /// <summary>As the header has them.</summary>
    public string Cookies => _cookies.GetCookieHeader(Site);

    public IReadOnlyList<Cookie> Kept => [.. _cookies.GetCookies(Site).Cast<Cookie>()];

    /// <summary>The whole way in by the sandbox's provider.</summary>
    public async Task SignInAsync(string account, CancellationToken cancellationToken)
    {
        // Redirects lead to the provider's page, whose own address takes the answer.
        using var asked = await _http.GetAsync(Site, cancellationToken);
        var provider = asked.RequestMessage!.RequestUri!;
        if (provider.Authority == Site.Authority)
        {
            throw new InvalidOperationException($"{Site} did not lead to the sign-in but to {provider.AbsolutePath}.");
        }

        using var form = new FormUrlEncodedContent([KeyValuePair.Create("account", account)]);
        using var answer = await _http.PostAsync(provider, form, cancellationToken);
        if (!answer.IsSuccessStatusCode || answer.RequestMessage!.RequestUri!.Authority != Site.Authority)
        {
            throw new InvalidOperationException($"{account} was not signed in: {(int)answer.StatusCode} at {answer.RequestMessage!.RequestUri!.GetLeftPart(UriPartial.Path)}.");
        }
    }

    public async Task<string> LoadAsync(string page, CancellationToken cancellationToken)
    {
        using var answer = await _http.GetAsync(new Uri(page, UriKind.Relative), cancellationToken);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync(cancellationToken);
    }

    public void Dispose() => _http.Dispose();
}
