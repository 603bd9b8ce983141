using System.Net;
using System.Text.RegularExpressions;

namespace Portal.IntegrationTests.Door;

/// <summary>What a browser does on the way in and out: keeps cookies by host and follows redirects, one at a time and in sight of the test.</summary>
internal sealed partial class Browser : IDisposable
{
    private readonly HttpClient _http;
    private readonly string _takenOff;

    /// <param name="takenOff">The path that a proxy on the way to the portal takes off.</param>
    public Browser(Uri portal, string takenOff = "")
    {
        _takenOff = takenOff;
        // Not the handler's own jar: that one takes a Secure cookie over plain http for granted, and hides names.
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = portal };
        Portal = portal;
    }

    public Uri Portal { get; }

    /// <summary>Cookies of the portal by name.</summary>
    public Dictionary<string, string> Cookies { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Every <c>Set-Cookie</c> line that the portal sent.</summary>
    public List<string> CookieLines { get; } = [];

    /// <summary>The same cookies in another browser, as a thief would have them.</summary>
    public Browser Copy() => new(Portal) { Cookies = new Dictionary<string, string>(Cookies, StringComparer.Ordinal) };

    public Task<HttpResponseMessage> OpenAsync(string address) => SendAsync(HttpMethod.Get, address, content: null);

    public Task<HttpResponseMessage> PostAsync(string address, params (string Name, string Value)[] form) =>
        SendAsync(HttpMethod.Post, address, new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string address, HttpContent? content, params (string Name, string Value)[] headers)
    {
        var target = new Uri(Portal, address);
        if (_takenOff.Length > 0 && target.Authority == Portal.Authority)
        {
            target.AbsolutePath.ShouldStartWith(_takenOff + "/", customMessage: "the proxy has nothing else for the portal");
            target = new Uri(Portal, target.PathAndQuery[_takenOff.Length..]);
        }

        using var request = new HttpRequestMessage(method, target) { Content = content };
        request.Headers.Add("Accept", "text/html");
        foreach (var (name, value) in headers)
        {
            request.Headers.Remove(name);
            request.Headers.Add(name, value);
        }

        var isPortal = target.Authority == Portal.Authority;
        if (isPortal && Cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        }

        var response = await _http.SendAsync(request);
        if (isPortal && response.Headers.TryGetValues("Set-Cookie", out var lines))
        {
            Keep(lines);
        }

        return response;
    }

    /// <summary>From a page of the portal to the provider's answer: the address that leads back, not followed yet.</summary>
    public async Task<string> AskProviderAsync(string account, string page = "/")
    {
        var asked = await FollowToProviderAsync(page);
        using var answer = await PostAsync(asked, ("account", account));
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        return LocationOf(answer);
    }

    /// <summary>The whole way in. Returns where it ends.</summary>
    public async Task<string> SignInAsync(string account, string page = "/")
    {
        using var response = await OpenAsync(await AskProviderAsync(account, page));
        return LocationOf(response);
    }

    /// <summary>The provider's address to which a page of the portal leads somebody who is not signed in.</summary>
    public async Task<string> FollowToProviderAsync(string page)
    {
        using var closed = await OpenAsync(page);
        var door = LocationOf(closed);
        new Uri(Portal, door).AbsolutePath.ShouldEndWith("/sign-in");
        using var challenge = await OpenAsync(door);
        return LocationOf(challenge);
    }

    /// <summary>The antiforgery token of the form on a page.</summary>
    public async Task<string> FormTokenAsync(string page = "/")
    {
        using var response = await OpenAsync(page);
        var html = await response.Content.ReadAsStringAsync();
        var field = FormToken().Match(html);
        field.Success.ShouldBeTrue($"{page} has no form: {(int)response.StatusCode} {html[..Math.Min(html.Length, 300)]}");
        return WebUtility.HtmlDecode(field.Groups["token"].Value);
    }

    public static string LocationOf(HttpResponseMessage response)
    {
        response.Headers.Location.ShouldNotBeNull($"{(int)response.StatusCode} of {response.RequestMessage!.RequestUri!.AbsolutePath} leads nowhere");
        return response.Headers.Location.OriginalString;
    }

    public void Dispose() => _http.Dispose();

    private void Keep(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            CookieLines.Add(line);
            var (name, value) = line.Split(';')[0].Split('=', 2) is [var key, var text] ? (key, text) : (line, "");
            if (value.Length == 0)
            {
                Cookies.Remove(name);
            }
            else
            {
                Cookies[name] = value;
            }
        }
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FormToken();
}
