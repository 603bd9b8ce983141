using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Portal.Sandbox.SignIn;

/// <summary>The provider ends somebody's sessions and tells the portals, by a call (back-channel) or by frames on a page of its own (front-channel).</summary>
internal sealed class ProviderLogout(ProviderSessions sessions, SigningKeys keys, IssuerAddress issuer, SignInClient client, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(2);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = TimeSpan.FromSeconds(10) };
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>Ends the sessions, and sends a logout token for each to each portal.</summary>
    /// <returns>What the portals answered.</returns>
    public async Task<IReadOnlyList<int>> CallAsync(SandboxAccount account, CancellationToken cancellationToken)
    {
        List<int> answers = [];
        foreach (var sid in sessions.End(account))
        {
            foreach (var address in client.BackChannelUris)
            {
                using var form = new FormUrlEncodedContent([KeyValuePair.Create("logout_token", Write(account, sid))]);
                using var answer = await _http.PostAsync(address, form, cancellationToken);
                answers.Add((int)answer.StatusCode);
            }
        }

        return answers;
    }

    /// <summary>Ends the sessions, and answers with a page that has a frame for each at each portal.</summary>
    /// <param name="isEntra">As Entra does: with the session alone, without the issuer.</param>
    public IResult Page(HttpContext context, SandboxAccount account, bool isEntra)
    {
        var body = new StringBuilder("<h1>Signed out everywhere</h1>\n");
        foreach (var address in sessions.End(account).SelectMany(sid => client.FrontChannelUris.Select(portal => $"{portal}?sid={sid}")))
        {
            var frame = isEntra ? address : $"{address}&iss={Uri.EscapeDataString(issuer.Value)}";
            body.Append($"<iframe title=\"Sign-out of the portal\" src=\"{WebUtility.HtmlEncode(frame)}\"></iframe>\n");
        }

        return SignInPages.SignedOutEverywhere(context, body.ToString(), client);
    }

    public void Dispose() => _http.Dispose();

    // OpenID Connect Back-Channel Logout 1.0, section 2.4.
    private string Write(SandboxAccount account, string sid) => _handler.CreateToken(new SecurityTokenDescriptor
    {
        Issuer = issuer.Value,
        Audience = SignInClient.Id,
        IssuedAt = clock.GetUtcNow().UtcDateTime,
        Expires = (clock.GetUtcNow() + Life).UtcDateTime,
        TokenType = "logout+jwt",
        Claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["sub"] = account.Subject,
            ["sid"] = sid,
            ["jti"] = RandomNumberGenerator.GetHexString(32, lowercase: true),
            ["events"] = JsonSerializer.SerializeToElement(new Dictionary<string, object>(StringComparer.Ordinal) { ["http://schemas.openid.net/event/backchannel-logout"] = new { } }),
        },
        SigningCredentials = new SigningCredentials(keys.Current, SecurityAlgorithms.RsaSha256) { CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false } },
    });
}
