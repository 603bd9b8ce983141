using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Portal.Tests.Access.SignIn;

/// <summary>Logout tokens that must end nobody's session, each the good one with one thing changed.</summary>
internal static class HostileLogoutTokens
{
    public const string Event = "http://schemas.openid.net/event/backchannel-logout";

    public static readonly DateTimeOffset Now = HostileTokens.Now;

    public static JsonObject Header => new() { ["alg"] = "RS256", ["kid"] = "key-1", ["typ"] = "logout+jwt" };

    public static JsonObject Claims => new()
    {
        ["iss"] = TestProvider.Issuer,
        ["sub"] = "user-1",
        ["aud"] = TestProvider.ClientId,
        ["iat"] = Now.ToUnixTimeSeconds(),
        ["exp"] = Now.AddMinutes(2).ToUnixTimeSeconds(),
        ["jti"] = "logout-1",
        ["sid"] = "provider-session-1",
        ["events"] = new JsonObject { [Event] = new JsonObject() },
    };

    public static IReadOnlyDictionary<string, Func<TestProvider, string>> All { get; } = new Dictionary<string, Func<TestProvider, string>>(StringComparer.Ordinal)
    {
        ["not a token"] = _ => "hunter2",
        ["alg none"] = _ => TestProvider.Write(Head("alg", "none"), Claims, _ => []),
        ["HS256 with the public key as secret"] = provider => provider.SignByPublicKeyAsSecret(Head("alg", "HS256"), Claims),
        ["RS512"] = provider => provider.Sign(Head("alg", "RS512"), Claims, HashAlgorithmName.SHA512),
        ["a stranger's signature"] = provider => provider.SignByStranger(Header, Claims),
        ["a weak key of the provider"] = provider => provider.SignWeakly(Head("kid", "weak"), Claims),
        ["an access token (at+jwt)"] = provider => provider.Sign(Head("typ", "at+jwt"), Claims),
        ["an unknown critical extension"] = provider => provider.Sign(Head("crit", new JsonArray("exp")), Claims),
        ["an id token (with nonce)"] = provider => provider.Sign(Header, With("nonce", "a nonce")),
        ["a real id token"] = provider => provider.Sign(TestProvider.Header(), TestProvider.Claims(Now)),
        ["another issuer"] = Claiming("iss", "https://evil.example"),
        ["no issuer"] = Lacking("iss"),
        ["another audience"] = Claiming("aud", "another-portal"),
        ["several audiences"] = Claiming("aud", new JsonArray(TestProvider.ClientId, "another-portal")),
        ["no audience"] = Lacking("aud"),
        ["ended a minute ago"] = Claiming("exp", Now.AddMinutes(-1).ToUnixTimeSeconds()),
        ["no end"] = Lacking("exp"),
        ["issued eleven minutes ago"] = Claiming("iat", Now.AddMinutes(-11).ToUnixTimeSeconds()),
        ["issued in two minutes"] = Claiming("iat", Now.AddMinutes(2).ToUnixTimeSeconds()),
        ["no time of issue"] = Lacking("iat"),
        ["no id of its own"] = Lacking("jti"),
        ["an empty id of its own"] = Claiming("jti", ""),
        ["an id of its own that is a list"] = Claiming("jti", new JsonArray("a")),
        ["no events"] = Lacking("events"),
        ["another event"] = Claiming("events", new JsonObject { ["http://schemas.openid.net/event/other"] = new JsonObject() }),
        ["the event as text"] = Claiming("events", Event),
        ["the event in a list"] = Claiming("events", new JsonArray(Event)),
        ["the event that is true"] = Claiming("events", new JsonObject { [Event] = true }),
        ["neither session nor person"] = provider => provider.Sign(Header, Without(Without(Claims, "sid"), "sub")),
        ["an empty session"] = Claiming("sid", ""),
        ["a session that is too long"] = Claiming("sid", new string('a', 256)),
        ["a session that is an object"] = Claiming("sid", new JsonObject()),
        ["an empty person"] = Claiming("sub", ""),
        ["a claim twice"] = provider => provider.SignRaw(Header.ToJsonString(), Claims.ToJsonString()[..^1] + ",\"sid\":\"provider-session-2\"}"),
        ["a token that is too long"] = Claiming("padding", new string('a', 64 * 1024)),
    };

    private static JsonObject Head(string name, JsonNode value)
    {
        var header = Header;
        header[name] = value;
        return header;
    }

    private static JsonObject With(string name, JsonNode value)
    {
        var claims = Claims;
        claims[name] = value;
        return claims;
    }

    private static JsonObject Without(JsonObject claims, string name)
    {
        claims.Remove(name);
        return claims;
    }

    private static Func<TestProvider, string> Claiming(string claim, JsonNode value) => provider => provider.Sign(Header, With(claim, value.DeepClone()));

    private static Func<TestProvider, string> Lacking(string claim) => provider => provider.Sign(Header, Without(Claims, claim));
}
