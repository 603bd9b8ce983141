using System.Buffers.Text;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Portal.Access;

namespace Portal.Tests.Access.SignIn;

/// <summary>An id token that must not open the door.</summary>
/// <param name="Why">What it would be good for, or which rule it breaks.</param>
/// <param name="Failure">How the sign-in ends.</param>
/// <param name="IsForTenant">Tried against a portal of one Entra tenant.</param>
internal sealed record HostileToken(string Name, string Why, Func<TestProvider, string> Write, SignInFailure Failure = SignInFailure.TokenRefused, bool IsForTenant = false);

/// <summary>Every hostile token, each the good one with one thing changed.</summary>
internal static class HostileTokens
{
    public const string Tenant = "11111111-2222-3333-4444-555555555555";

    public static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    public static IReadOnlyList<HostileToken> All { get; } =
    [
        .. Forms(), .. Algorithms(), .. Keys(), .. Types(), .. Issuers(), .. Audiences(), .. Times(), .. Nonces(), .. Hashes(), .. People(), .. Tenants(), .. Sizes(), .. Writings(),
    ];

    public static HostileToken Find(string name) => All.Single(token => token.Name == name);

    public static void AsEntra(JsonObject claims)
    {
        claims["tid"] = Tenant;
        claims["oid"] = "object-1";
        claims["ver"] = "2.0";
    }

    private static IEnumerable<HostileToken> Forms()
    {
        yield return new("not a token", "it has no parts", _ => "hunter2");
        yield return new("empty", "it has no parts", _ => "");
        yield return new("two dots alone", "its parts are empty", _ => "..");
        yield return new("the signature cut short", "it no longer fits", provider => Good(provider)[..^20]);
        yield return new("the signature left out", "nothing proves who wrote it", provider => string.Join('.', Good(provider).Split('.')[..2]) + ".");
        yield return new("the signature of another token", "it belongs to other claims", provider => $"{Start(Claiming(provider, "sub", "user-2"))}.{Good(provider).Split('.')[2]}");
        yield return new("claims changed after signing", "roles that nobody gave", Tampered);
        yield return new("a header changed after signing", "the header is signed too", provider => provider.Sign(With(Header(), "extra", 1), Claims()).Split('.') is var parts ? $"{Good(provider).Split('.')[0]}.{parts[1]}.{parts[2]}" : "");
        yield return new("five parts (encrypted)", "the portal has no key to decrypt with, and did not ask for it", provider => $"{Part("""{"alg":"RSA-OAEP","enc":"A256GCM","kid":"key-1"}""")}.AAAA.AAAA.{Good(provider).Split('.')[1]}.AAAA");
        yield return new("compressed claims (zip)", "a small token that becomes a large one", provider => provider.SignBytes(With(Header(), "zip", "DEF").ToJsonString(), Deflated(Claims().ToJsonString())));
        yield return new("spaces around it", "not the text that was signed", provider => $" {Good(provider)} ");
        yield return new("ordinary base64 in the place of base64url", "two texts for one token", provider => Good(provider) + "==");
    }

    private static IEnumerable<HostileToken> Algorithms()
    {
        yield return new("alg none", "signed by nobody", _ => TestProvider.Write(Header("none"), Claims(), _ => []));
        yield return new("alg none with a signature", "the signature is not looked at", provider => provider.Sign(Header("none"), Claims()));
        yield return new("alg nOnE", "letters that a list of forbidden words does not have", _ => TestProvider.Write(Header("nOnE"), Claims(), _ => [1]));
        yield return new("no alg", "the reader would have to guess", provider => provider.Sign(Without(Header(), "alg"), Claims()));
        yield return new("alg rs256", "names of algorithms are case-sensitive", provider => provider.Sign(Header("rs256"), Claims()));
        yield return new("HS256 with the public key as secret", "everybody has the public key", provider => provider.SignByPublicKeyAsSecret(Header("HS256"), Claims()));
        yield return new("RS384", "not what was agreed", provider => provider.Sign(Header("RS384"), Claims(), HashAlgorithmName.SHA384));
        yield return new("RS512", "not what was agreed", provider => provider.Sign(Header("RS512"), Claims(), HashAlgorithmName.SHA512));
        yield return new("PS256", "not what was agreed", provider => provider.SignByPss(Header("PS256"), Claims()));
        yield return new("ES256 by a curve of the provider", "not what was agreed", provider => provider.SignByCurve(Header("ES256", "curve"), Claims()));
        yield return new("EdDSA over an RSA signature", "not what was agreed", provider => provider.Sign(Header("EdDSA"), Claims()));
    }

    private static IEnumerable<HostileToken> Keys()
    {
        yield return new("a stranger's signature under our kid", "forged", provider => provider.SignByStranger(Header(), Claims()));
        yield return new("a stranger's signature under a kid of its own", "forged", provider => provider.SignByStranger(Header(kid: "stranger"), Claims()));
        yield return new("no kid", "the key would have to be guessed", provider => provider.Sign(Without(Header(), "kid"), Claims()));
        yield return new("kid of another key of the provider", "signed by another key than it says", provider => provider.Sign(Header(kid: "curve"), Claims()));
        yield return new("kid as a path", "a reader that looks for keys in files", provider => provider.SignByStranger(Header(kid: "../../keys/stranger"), Claims()));
        yield return new("the stranger's key in the header (jwk)", "a token that brings its own key", provider => provider.SignByStranger(With(Header(), "jwk", provider.StrangersPublicKey()), Claims()));
        yield return new("the stranger's keys by address (jku)", "a reader that fetches keys where it is told", provider => provider.SignByStranger(With(Header(kid: "stranger"), "jku", "https://evil.example/keys"), Claims()));
        yield return new("the stranger's certificate by address (x5u)", "a reader that fetches keys where it is told", provider => provider.SignByStranger(With(Header(kid: "stranger"), "x5u", "https://evil.example/cert"), Claims()));
        yield return new("the stranger's certificate in the header (x5c)", "a token that brings its own key", provider => provider.SignByStranger(With(Header(kid: "stranger"), "x5c", new JsonArray(provider.StrangersCertificate())), Claims()));
        yield return new("a key of 1024 bits of the provider", "can be computed", provider => provider.SignWeakly(Header(kid: "weak"), Claims()));
        yield return new("an unknown critical extension (crit)", "it says that who does not know it must not read on", provider => provider.Sign(With(Header(), "crit", new JsonArray("exp")), Claims()));
        yield return new("an unencoded payload (b64)", "an extension that changes what is signed", provider => provider.Sign(With(With(Header(), "b64", false), "crit", new JsonArray("b64")), Claims()));
        yield return new("an unencoded payload without crit", "an extension that changes what is signed", provider => provider.Sign(With(Header(), "b64", false), Claims()));
    }

    private static IEnumerable<HostileToken> Types()
    {
        yield return new("an access token (at+jwt)", "it is for another reader", provider => provider.Sign(With(Header(), "typ", "at+jwt"), Claims()));
        yield return new("a logout token (logout+jwt)", "it signs out, not in", provider => provider.Sign(With(Header(), "typ", "logout+jwt"), Claims()));
        yield return new("an encrypted type (JWE)", "not an id token", provider => provider.Sign(With(Header(), "typ", "JWE"), Claims()));
        yield return new("a client's assertion (client-authentication+jwt)", "not an id token", provider => provider.Sign(With(Header(), "typ", "client-authentication+jwt"), Claims()));
    }

    private static IEnumerable<HostileToken> Issuers()
    {
        yield return Claim("another issuer", "another provider's people", "iss", "https://evil.example");
        yield return Claim("the issuer with a slash", "to the letter", "iss", TestProvider.Issuer + "/");
        yield return Claim("the issuer in other letters", "to the letter", "iss", TestProvider.Issuer.ToUpperInvariant());
        yield return Claim("the issuer as the beginning of another", "to the letter", "iss", TestProvider.Issuer + ".evil.example");
        yield return Claim("the issuer with a homoglyph", "looks like it, is another", "iss", TestProvider.Issuer.Replace("company", "c\u043Empany", StringComparison.Ordinal));
        yield return Claim("a list of issuers", "one of them is ours", "iss", new JsonArray(TestProvider.Issuer));
        yield return Claim("an empty issuer", "nobody", "iss", "");
        yield return Lack("no issuer", "nobody", "iss");
    }

    private static IEnumerable<HostileToken> Audiences()
    {
        yield return Claim("another audience", "a token for another application", "aud", "another-portal");
        yield return Claim("the audience in other letters", "to the letter", "aud", TestProvider.ClientId.ToUpperInvariant());
        yield return Claim("two audiences without azp", "who asked for it is not said", "aud", new JsonArray(TestProvider.ClientId, "another-portal"));
        yield return Claim("our audience twice without azp", "several parties", "aud", new JsonArray(TestProvider.ClientId, TestProvider.ClientId));
        yield return new("two audiences with another azp", "another application asked for it", provider => provider.Sign(Header(), With(With(Claims(), "aud", new JsonArray(TestProvider.ClientId, "another-portal")), "azp", "another-portal")));
        yield return new("another audience with our azp", "it is not for us", provider => provider.Sign(Header(), With(With(Claims(), "aud", "another-portal"), "azp", TestProvider.ClientId)));
        yield return Claim("our audience with another azp", "another application asked for it", "azp", "another-portal");
        yield return Claim("an empty azp", "nobody asked for it", "azp", "");
        yield return Claim("azp as a list", "text is expected", "azp", new JsonArray(TestProvider.ClientId));
        yield return Claim("our audience inside a text", "to the letter", "aud", $"{TestProvider.ClientId} another-portal");
        yield return Claim("an audience that is an object", "text or a list is expected", "aud", new JsonObject { ["id"] = TestProvider.ClientId });
        yield return Claim("a list in the list of audiences", "text is expected", "aud", new JsonArray(new JsonArray(TestProvider.ClientId)));
        yield return Claim("an empty list of audiences", "for nobody", "aud", new JsonArray());
        yield return Lack("no audience", "for nobody", "aud");
    }

    private static IEnumerable<HostileToken> Times()
    {
        yield return Claim("ended 61 seconds ago", "the clocks may differ by a minute, not more", "exp", Now.AddSeconds(-61).ToUnixTimeSeconds());
        yield return Claim("ended exactly a minute ago", "the bound itself", "exp", Now.AddMinutes(-1).ToUnixTimeSeconds());
        yield return Claim("ended four minutes ago", "within the library's own five minutes", "exp", Now.AddMinutes(-4).ToUnixTimeSeconds());
        yield return Lack("no end", "good for ever", "exp");
        yield return Claim("an end that is text", "a number is expected", "exp", "4102444800");
        yield return Claim("an end with a fraction", "whole seconds are expected", "exp", 4102444800.5);
        yield return Claim("an end beyond all dates", "a number that overflows", "exp", 99999999999999L);
        yield return Claim("an end beyond all numbers", "a number that overflows", "exp", JsonNode.Parse("1e400")!);
        yield return Claim("a negative end", "before all dates", "exp", -1);
        yield return Claim("an end of null", "a number is expected", "exp", null);
        yield return Claim("an end that is a list", "a number is expected", "exp", new JsonArray(4102444800));
        yield return Claim("valid only from in two minutes", "not yet", "nbf", Now.AddMinutes(2).ToUnixTimeSeconds(), SignInFailure.ClockOff);
        yield return Claim("a beginning that is text", "a number is expected", "nbf", "0");
        yield return Claim("issued in two minutes", "not yet", "iat", Now.AddMinutes(2).ToUnixTimeSeconds(), SignInFailure.ClockOff);
        yield return Claim("issued a second too long ago", "an answer is written when it is asked for", "iat", Now.AddMinutes(-10).AddSeconds(-1).ToUnixTimeSeconds());
        yield return Claim("issued a day ago", "kept by somebody", "iat", Now.AddDays(-1).ToUnixTimeSeconds());
        yield return Claim("issued at a time that is text", "a number is expected", "iat", "now");
        yield return Lack("no time of issue", "its age is not known", "iat");
        yield return Claim("asked in the future (auth_time)", "a proof that would hold for longer", "auth_time", Now.AddMinutes(2).ToUnixTimeSeconds());
        yield return Claim("asked at a time that is text", "a number is expected", "auth_time", "now");
    }

    private static IEnumerable<HostileToken> Nonces()
    {
        yield return Claim("another sign-in's nonce", "the answer to another question", "nonce", "nonce-of-another-sign-in");
        yield return Claim("the nonce in other letters", "to the letter", "nonce", TestProvider.Nonce.ToUpperInvariant());
        yield return Claim("the nonce and more", "to the letter", "nonce", TestProvider.Nonce + "x");
        yield return Claim("an empty nonce", "the answer to no question", "nonce", "");
        yield return Claim("a list with the nonce", "text is expected", "nonce", new JsonArray(TestProvider.Nonce, "other"));
        yield return Claim("a nonce of null", "text is expected", "nonce", null);
        yield return Lack("no nonce", "the answer to no question", "nonce");
    }

    private static IEnumerable<HostileToken> Hashes()
    {
        yield return Claim("another access token's hash", "the two do not belong together", "at_hash", TestProvider.HashOf("another-access-token"));
        yield return Claim("an empty hash", "the two do not belong together", "at_hash", "");
        yield return Claim("the whole hash", "half of it is expected", "at_hash", Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(TestProvider.AccessToken))));
        yield return Claim("a hash that is a list", "text is expected", "at_hash", new JsonArray(TestProvider.HashOf(TestProvider.AccessToken)));
    }

    private static IEnumerable<HostileToken> People()
    {
        yield return Lack("no subject", "nobody", "sub");
        yield return Claim("an empty subject", "nobody", "sub", "");
        yield return Claim("a subject that is an object", "text is expected", "sub", new JsonObject { ["id"] = "user-1" });
        yield return Claim("a subject that is a number", "text is expected", "sub", 1);
        yield return Claim("a subject with NUL", "what follows it may be cut off", "sub", "user-1\u0000admin");
        yield return Claim("a subject with a line break", "a line of its own in a log", "sub", "user-1\nadmin");
        yield return Claim("a subject with a homoglyph", "looks like another person's", "sub", "us\u0435r-1");
        yield return Claim("a subject turned around", "reads like another person's", "sub", "user-1\u202Enimda");
        yield return Claim("a subject that is too long", "255 characters are the most", "sub", new string('a', 256));
        yield return Claim("a role with a homoglyph", "looks like an admin's", "roles", new JsonArray("P\u043E\u043El.Admin"), SignInFailure.NoRole);
        yield return Claim("a role with a space that is not seen", "looks like an admin's", "roles", new JsonArray("Pool.Admin\u200B"), SignInFailure.NoRole);
        yield return Claim("a role with NUL", "what follows it may be cut off", "roles", new JsonArray("Pool.Admin\u0000x"), SignInFailure.NoRole);
        yield return Claim("a role in wide letters", "becomes an admin's when normalised", "roles", new JsonArray("\uFF30ool.Admin"), SignInFailure.NoRole);
        yield return Claim("a role in other letters", "to the letter", "roles", new JsonArray("POOL.ADMIN"), SignInFailure.NoRole);
        yield return Claim("roles in an object", "text is expected", "roles", new JsonObject { ["Pool.Admin"] = true }, SignInFailure.NoRole);
        yield return Claim("roles in lists of lists", "text is expected", "roles", new JsonArray(new JsonArray("Pool.Admin")), SignInFailure.NoRole);
        yield return Claim("roles in one text", "a list is expected", "roles", "Pool.Admin,Pool.Developer", SignInFailure.NoRole);
        yield return Claim("groups left out by the provider", "no groups in it does not mean none", "_claim_names", new JsonObject { ["groups"] = "src1" }, SignInFailure.TooManyGroups);
    }

    private static IEnumerable<HostileToken> Tenants()
    {
        yield return OfTenant("another tenant", "another company's people", "tid", "99999999-2222-3333-4444-555555555555");
        yield return OfTenant("the tenant in a list", "text is expected", "tid", new JsonArray(Tenant));
        yield return OfTenant("no tenant", "nobody's people", "tid", null);
        yield return OfTenant("version 1", "other claims mean other things", "ver", "1.0");
        yield return OfTenant("a version that is a number", "text is expected", "ver", 2.0);
        yield return OfTenant("no object id", "nobody", "oid", null);
        yield return OfTenant("an empty object id", "nobody", "oid", "");
    }

    private static IEnumerable<HostileToken> Sizes()
    {
        yield return Claim("a claim of 64 KiB", "too long to be one", "padding", new string('a', 64 * 1024));
        yield return new("a header of 64 KiB", "too long to be one", provider => provider.Sign(With(Header(), "padding", new string('a', 64 * 1024)), Claims()));
        yield return Claim("10,000 roles", "too long to be one", "roles", new JsonArray([.. Enumerable.Range(0, 10_000).Select(number => (JsonNode)$"Pool.Developer{number}")]));
        yield return new("claims nested 5,000 deep", "a reader that calls itself", provider => provider.SignRaw(Header().ToJsonString(), string.Concat(Enumerable.Repeat("{\"a\":", 5000)) + "1" + new string('}', 5000)));
        yield return Claim("a claim nested 20 deep", "deeper than any claim is", "a", JsonNode.Parse(new string('[', 20) + new string(']', 20))!);
    }

    private static IEnumerable<HostileToken> Writings()
    {
        yield return new("claims that are a list", "an object is expected", provider => provider.SignRaw(Header().ToJsonString(), "[]"));
        yield return new("claims that are null", "an object is expected", provider => provider.SignRaw(Header().ToJsonString(), "null"));
        yield return new("claims with a comment", "not JSON", provider => provider.SignRaw(Header().ToJsonString(), "/**/" + Claims().ToJsonString()));
        yield return new("claims with something behind them", "not JSON", provider => provider.SignRaw(Header().ToJsonString(), Claims().ToJsonString() + "{}"));
        yield return new("a claim twice, the second an admin's", "two readers read two people", provider => provider.SignRaw(Header().ToJsonString(), Twice("roles", """["Pool.Admin"]""")));
        yield return new("the issuer twice", "two readers read two issuers", provider => provider.SignRaw(Header().ToJsonString(), Twice("iss", $"\"{TestProvider.Issuer}\"")));
        yield return new("the algorithm twice", "two readers read two algorithms", provider => provider.SignRaw("""{"alg":"none",""" + Header().ToJsonString()[1..], Claims().ToJsonString()));
        yield return new("a member twice, once by escapes", "the same name in other letters", provider => provider.SignRaw(Header().ToJsonString(), Twice("s\\u0075b", "\"user-2\"")));
        yield return new("half of a surrogate pair in the subject", "no text at all", provider => provider.SignRaw(Header().ToJsonString(), Claims().ToJsonString().Replace("user-1", "user-\\ud800", StringComparison.Ordinal)));
        yield return new("bytes that are not UTF-8", "no text at all", provider => provider.SignBytes(Header().ToJsonString(), [.. Encoding.UTF8.GetBytes(Claims().ToJsonString()[..^1] + ",\"x\":\""), 0xFF, .. "\"}"u8]));
        yield return new("a slash written too long (overlong UTF-8)", "another spelling of one letter", provider => provider.SignBytes(Header().ToJsonString(), [.. Encoding.UTF8.GetBytes(Claims().ToJsonString()[..^1] + ",\"x\":\""), 0xC0, 0xAF, .. "\"}"u8]));
    }

    private static string Good(TestProvider provider) => provider.Sign(Header(), Claims());

    private static string Tampered(TestProvider provider)
    {
        var good = Good(provider).Split('.');
        var bad = provider.SignByStranger(Header(), With(Claims(), "roles", new JsonArray("Pool.Admin"))).Split('.');
        return $"{good[0]}.{bad[1]}.{good[2]}";
    }

    private static string Start(string token) => string.Join('.', token.Split('.')[..2]);

    private static string Twice(string name, string value) => $"{Claims().ToJsonString()[..^1]},\"{name}\":{value}}}";

    private static string Part(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static byte[] Deflated(string text)
    {
        using var small = new MemoryStream();
        using (var deflate = new DeflateStream(small, CompressionLevel.Optimal))
        {
            deflate.Write(Encoding.UTF8.GetBytes(text));
        }

        return small.ToArray();
    }

    private static HostileToken Claim(string name, string why, string claim, JsonNode? value, SignInFailure failure = SignInFailure.TokenRefused) =>
        new(name, why, provider => Claiming(provider, claim, value?.DeepClone()), failure);

    private static HostileToken Lack(string name, string why, string claim) => new(name, why, provider => provider.Sign(Header(), Without(Claims(), claim)));

    private static HostileToken OfTenant(string name, string why, string claim, JsonNode? value) => new(
        name,
        why,
        provider =>
        {
            var claims = Claims();
            AsEntra(claims);
            return provider.Sign(Header(), value is null ? Without(claims, claim) : With(claims, claim, value.DeepClone()));
        },
        IsForTenant: true);

    private static string Claiming(TestProvider provider, string claim, JsonNode? value) => provider.Sign(Header(), With(Claims(), claim, value));

    private static JsonObject Header(string alg = "RS256", string kid = "key-1") => TestProvider.Header(kid, alg);

    private static JsonObject Claims() => TestProvider.Claims(Now);

    private static JsonObject With(JsonObject json, string name, JsonNode? value)
    {
        json[name] = value;
        return json;
    }

    private static JsonObject Without(JsonObject json, string name)
    {
        json.Remove(name);
        return json;
    }
}
