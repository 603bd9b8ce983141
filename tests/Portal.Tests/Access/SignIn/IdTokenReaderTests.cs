using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Portal.Access;
using Portal.DigitalOcean;

namespace Portal.Tests.Access.SignIn;

public sealed class IdTokenReaderTests
{
    private const string Tenant = "11111111-2222-3333-4444-555555555555";

    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    private readonly TestProvider _provider = new();

    [Fact]
    public async Task A_good_token_says_who_it_is()
    {
        var token = await AcceptedAsync(_ => { });

        token.PersonId.ShouldBe("https://login.example.com/company|user-1");
        token.Name.ShouldBe("Dana Developer");
        token.Roles.ShouldBe([Role.Developer]);
        token.Groups.ShouldBe(["Payments"]);
        token.SessionId.ShouldBe("provider-session-1");
    }

    private static readonly Dictionary<string, Func<TestProvider, string>> Hostile = new(StringComparer.Ordinal)
    {
        ["not a token"] = _ => "hunter2",
        ["empty"] = _ => "",
        ["unsigned (alg none)"] = _ => TestProvider.Write(Header("none"), Claims(), _ => []),
        ["signature cut off"] = provider => provider.Sign(Header(), Claims())[..^20],
        ["signature left out"] = provider => string.Join('.', provider.Sign(Header(), Claims()).Split('.')[..2]) + ".",
        ["claims changed after signing"] = Tampered,
        ["signed by a stranger with the right kid"] = provider => provider.SignByStranger(Header(), Claims()),
        ["signed by a stranger with a kid of its own"] = provider => provider.SignByStranger(Header(kid: "stranger"), Claims()),
        ["the stranger's key in the header (jwk)"] = provider => provider.SignByStranger(With(Header(), "jwk", provider.StrangersPublicKey()), Claims()),
        ["the stranger's keys by address (jku)"] = provider => provider.SignByStranger(With(Header(kid: "stranger"), "jku", "https://evil.example/keys"), Claims()),
        ["no kid"] = provider => provider.Sign(Without(Header(), "kid"), Claims()),
        ["a weak key of the provider"] = provider => provider.SignWeakly(Header(kid: "weak"), Claims()),
        ["HS256 with the public key as secret"] = provider => provider.SignByPublicKeyAsSecret(Header("HS256"), Claims()),
        ["RS512"] = provider => provider.Sign(Header("RS512"), Claims(), HashAlgorithmName.SHA512),
        ["PS256"] = provider => provider.SignByPss(Header("PS256"), Claims()),
        ["ES256"] = provider => provider.SignByCurve(Header("ES256", "curve"), Claims()),
        ["an unknown critical extension"] = provider => provider.Sign(With(Header(), "crit", new JsonArray("b64")), Claims()),
        ["an access token (typ at+jwt)"] = provider => provider.Sign(With(Header(), "typ", "at+jwt"), Claims()),
        ["a logout token (typ logout+jwt)"] = provider => provider.Sign(With(Header(), "typ", "logout+jwt"), Claims()),
        ["another issuer"] = Claiming("iss", "https://evil.example"),
        ["the issuer with a slash"] = Claiming("iss", TestProvider.Issuer + "/"),
        ["the issuer in other letters"] = Claiming("iss", TestProvider.Issuer.ToUpperInvariant()),
        ["no issuer"] = Lacking("iss"),
        ["another audience"] = Claiming("aud", "another-portal"),
        ["two audiences without azp"] = Claiming("aud", new JsonArray(TestProvider.ClientId, "another-portal")),
        ["two audiences with another azp"] = provider => provider.Sign(Header(), With(With(Claims(), "aud", new JsonArray(TestProvider.ClientId, "another-portal")), "azp", "another-portal")),
        ["our audience with another azp"] = Claiming("azp", "another-portal"),
        ["no audience"] = Lacking("aud"),
        ["an empty audience"] = Claiming("aud", new JsonArray()),
        ["ended a minute ago"] = Claiming("exp", Now.AddMinutes(-1).ToUnixTimeSeconds()),
        ["ended four minutes ago"] = Claiming("exp", Now.AddMinutes(-4).ToUnixTimeSeconds()),
        ["no end"] = Lacking("exp"),
        ["an end that is text"] = Claiming("exp", "never"),
        ["valid only from in two minutes"] = Claiming("nbf", Now.AddMinutes(2).ToUnixTimeSeconds()),
        ["issued eleven minutes ago"] = Claiming("iat", Now.AddMinutes(-11).ToUnixTimeSeconds()),
        ["issued a second too long ago"] = Claiming("iat", Now.AddMinutes(-10).AddSeconds(-1).ToUnixTimeSeconds()),
        ["issued in the future"] = Claiming("iat", Now.AddMinutes(2).ToUnixTimeSeconds()),
        ["no time of issue"] = Lacking("iat"),
        ["another sign-in's nonce"] = Claiming("nonce", "nonce-of-another-sign-in"),
        ["the nonce in other letters"] = Claiming("nonce", TestProvider.Nonce.ToUpperInvariant()),
        ["no nonce"] = Lacking("nonce"),
        ["another access token's hash"] = Claiming("at_hash", TestProvider.HashOf("another-access-token")),
        ["no subject"] = Lacking("sub"),
        ["an empty subject"] = Claiming("sub", ""),
        ["a subject with a control character"] = Claiming("sub", "user-1\u0000admin"),
        ["a subject that is too long"] = Claiming("sub", new string('a', 256)),
        ["a token that is too long"] = Claiming("padding", new string('a', 64 * 1024)),
        ["claims that are no object"] = provider => provider.SignRaw(Header().ToJsonString(), "[]"),
        ["claims nested without end"] = provider => provider.SignRaw(Header().ToJsonString(), string.Concat(Enumerable.Repeat("{\"a\":", 5000)) + "1" + new string('}', 5000)),
    };

    public static TheoryData<string> HostileNames() => [.. Hostile.Keys];

    [Theory]
    [MemberData(nameof(HostileNames))]
    public async Task A_hostile_token_is_refused(string name)
    {
        var text = Hostile[name](_provider);

        var answer = await ReadAsync(text);

        answer.TryGet(out _, out var fault).ShouldBeFalse(name);
        fault!.Failure.ShouldBe(SignInFailure.TokenRefused);
        (text.Length > 10 && fault.Detail.Contains(text, StringComparison.Ordinal)).ShouldBeFalse("a token is not quoted");
    }

    [Fact]
    public async Task An_unknown_key_is_told_apart_so_that_newer_keys_are_looked_for()
    {
        (await ReadAsync(Hostile["signed by a stranger with a kid of its own"](_provider))).TryGet(out _, out var unknown);
        (await ReadAsync(Hostile["signed by a stranger with the right kid"](_provider))).TryGet(out _, out var forged);

        unknown!.IsKeyUnknown.ShouldBeTrue();
        forged!.IsKeyUnknown.ShouldBeFalse();
    }

    [Fact]
    public async Task Times_may_be_off_by_less_than_a_minute()
    {
        await AcceptedAsync(claims => claims["exp"] = Now.AddSeconds(-59).ToUnixTimeSeconds());
        await AcceptedAsync(claims => claims["nbf"] = Now.AddSeconds(60).ToUnixTimeSeconds());
        await AcceptedAsync(claims => claims["iat"] = Now.AddMinutes(-10).ToUnixTimeSeconds());
    }

    [Fact]
    public async Task Several_audiences_are_taken_when_we_are_the_authorized_party() =>
        await AcceptedAsync(claims =>
        {
            claims["aud"] = new JsonArray(TestProvider.ClientId, "another-portal");
            claims["azp"] = TestProvider.ClientId;
        });

    [Fact]
    public async Task A_token_need_not_name_its_type_or_the_access_token()
    {
        var claims = Without(Claims(), "at_hash");

        (await ReadAsync(_provider.Sign(Without(Header(), "typ"), claims))).TryGet(out _, out var fault).ShouldBeTrue(fault?.Detail);
    }

    [Theory]
    [InlineData("_claim_names", "{\"groups\":\"src1\"}")]
    [InlineData("hasgroups", "true")]
    [InlineData("hasgroups", "\"true\"")]
    public async Task Groups_that_were_left_out_are_not_read_as_none(string claim, string value)
    {
        var answer = await ReadAsync(_provider.Sign(Header(), With(Without(Claims(), "groups"), claim, JsonNode.Parse(value)!)));

        answer.TryGet(out _, out var fault).ShouldBeFalse();
        fault!.Failure.ShouldBe(SignInFailure.TooManyGroups);
    }

    [Fact]
    public async Task Only_the_portals_own_roles_count_and_only_to_the_letter()
    {
        (await AcceptedAsync(claims => claims["roles"] = new JsonArray("Pool.TeamLead", "pool.admin", "Admin", "Pool.Auditor"))).Roles.ShouldBe([Role.TeamLead, Role.Auditor], ignoreOrder: true);
        (await AcceptedAsync(claims => claims["roles"] = "Pool.Admin")).Roles.ShouldBe([Role.Admin]);
        (await AcceptedAsync(claims => claims["roles"] = "Pool.Admin Pool.Developer")).Roles.ShouldBeEmpty();
        (await AcceptedAsync(claims => claims["roles"] = new JsonArray(1, true, new JsonObject()))).Roles.ShouldBeEmpty();
        (await AcceptedAsync(claims => claims.Remove("roles"))).Roles.ShouldBeEmpty();
    }

    [Fact]
    public async Task Roles_and_groups_come_from_the_configured_claims()
    {
        var options = new SignInOptions { Authority = TestProvider.Issuer, ClientId = TestProvider.ClientId, RolesClaim = "app_roles", GroupsClaim = "teams" };

        var token = await AcceptedAsync(
            claims =>
            {
                claims["app_roles"] = new JsonArray("Pool.Auditor");
                claims["teams"] = new JsonArray("Orders");
            },
            options);

        token.Roles.ShouldBe([Role.Auditor]);
        token.Groups.ShouldBe(["Orders"]);
    }

    [Fact]
    public async Task A_name_may_be_missing_and_may_not_be_endless()
    {
        (await AcceptedAsync(claims => claims.Remove("name"))).Name.ShouldBe("user-1");
        (await AcceptedAsync(claims => claims["name"] = new string('a', 300))).Name.Length.ShouldBe(200);
        (await AcceptedAsync(claims => claims["name"] = "a\u0000b")).Name.ShouldBe("user-1");
    }

    [Fact]
    public async Task An_id_that_is_too_long_for_its_column_is_a_hash_of_it()
    {
        var id = (await AcceptedAsync(claims => claims["sub"] = new string('a', 255))).PersonId;

        id.ShouldStartWith("sha256|");
        id.Length.ShouldBeLessThanOrEqualTo(200);
        (await AcceptedAsync(claims => claims["sub"] = new string('b', 255))).PersonId.Equals(id, StringComparison.Ordinal).ShouldBeFalse();
    }

    [Fact]
    public async Task People_of_an_Entra_tenant_are_known_by_tenant_and_object_id() =>
        (await AcceptedAsync(AsEntra, Entra)).PersonId.ShouldBe($"{Tenant}|object-1");

    [Theory]
    [InlineData("tid", "99999999-2222-3333-4444-555555555555")]
    [InlineData("tid", null)]
    [InlineData("ver", "1.0")]
    [InlineData("ver", null)]
    [InlineData("oid", null)]
    [InlineData("oid", "")]
    public async Task People_of_another_tenant_stay_outside(string claim, string? value)
    {
        var claims = Claims();
        AsEntra(claims);
        claims[claim] = value;

        (await ReadAsync(_provider.Sign(Header(), claims), Entra)).TryGet(out _, out _).ShouldBeFalse();
    }

    private static SignInOptions Plain => new() { Authority = TestProvider.Issuer, ClientId = TestProvider.ClientId };

    private static SignInOptions Entra => new() { Authority = TestProvider.Issuer, ClientId = TestProvider.ClientId, TenantId = Tenant };

    private static void AsEntra(JsonObject claims)
    {
        claims["tid"] = Tenant;
        claims["oid"] = "object-1";
        claims["ver"] = "2.0";
    }

    private Task<Result<IdToken, IdTokenFault>> ReadAsync(string token, SignInOptions? options = null) =>
        new IdTokenReader(Options.Create(options ?? Plain), new ManualTimeProvider(Now)).ReadAsync(token, TestProvider.AccessToken, TestProvider.Nonce, _provider.Metadata);

    private async Task<IdToken> AcceptedAsync(Action<JsonObject> change, SignInOptions? options = null)
    {
        var claims = Claims();
        change(claims);
        var answer = await ReadAsync(_provider.Sign(Header(), claims), options);
        answer.TryGet(out var token, out var fault).ShouldBeTrue(fault?.Detail);
        return token!;
    }

    private static JsonObject Header(string alg = "RS256", string kid = "key-1") => TestProvider.Header(kid, alg);

    private static JsonObject Claims() => TestProvider.Claims(Now);

    private static Func<TestProvider, string> Claiming(string claim, JsonNode value) => provider => provider.Sign(Header(), With(Claims(), claim, value.DeepClone()));

    private static Func<TestProvider, string> Lacking(string claim) => provider => provider.Sign(Header(), Without(Claims(), claim));

    private static string Tampered(TestProvider provider)
    {
        var good = provider.Sign(Header(), Claims()).Split('.');
        var bad = provider.SignByStranger(Header(), With(Claims(), "roles", new JsonArray("Pool.Admin"))).Split('.');
        return $"{good[0]}.{bad[1]}.{good[2]}";
    }

    private static JsonObject With(JsonObject json, string name, JsonNode value)
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
