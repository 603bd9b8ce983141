using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Portal.Access;
using Portal.DigitalOcean;
using Portal.Tests.Conventions;

namespace Portal.Tests.Access.SignIn;

public sealed class IdTokenReaderTests
{
    private const string Tenant = HostileTokens.Tenant;

    private static readonly DateTimeOffset Now = HostileTokens.Now;

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

    public static TheoryData<string> HostileNames() => [.. HostileTokens.All.Select(token => token.Name)];

    /// <summary>Each is the good token of the first test with one thing changed, so that nothing else can be what refuses it.</summary>
    [Theory]
    [MemberData(nameof(HostileNames))]
    public async Task A_hostile_token_is_refused(string name)
    {
        var hostile = HostileTokens.Find(name);
        var text = hostile.Write(_provider);

        var answer = await ReadAsync(text, hostile.IsForTenant ? Entra : null);

        // Somebody without any role is turned away by the sign-in, whatever else the token says.
        var failure = answer.TryGet(out var token, out var fault)
            ? token.Roles.Count == 0 ? SignInFailure.NoRole : default(SignInFailure?)
            : fault.Failure;
        failure.ShouldBe(hostile.Failure, $"{name}: {hostile.Why}");
        (text.Length > 10 && fault?.Detail.Contains(text, StringComparison.Ordinal) == true).ShouldBeFalse("a token is not quoted");
    }

    [Fact]
    public async Task The_tenants_own_token_is_taken() => (await AcceptedAsync(HostileTokens.AsEntra, Entra)).Roles.ShouldBe([Role.Developer]);

    [Fact]
    public void The_documentation_says_how_many_hostile_tokens_are_tried() =>
        File.ReadAllText(Path.Combine(Repository.Top, "docs", "security.md")).ShouldContain(
            $"{HostileTokens.All.Count} hostile id tokens and {HostileLogoutTokens.All.Count} hostile logout tokens are tried; all are refused");

    [Fact]
    public void Every_hostile_token_has_its_own_name_and_a_reason()
    {
        HostileTokens.All.Select(token => token.Name).ShouldBeUnique();
        HostileTokens.All.ShouldAllBe(token => token.Why.Length > 0);
    }

    [Fact]
    public async Task An_unknown_key_is_told_apart_so_that_newer_keys_are_looked_for()
    {
        (await ReadAsync(HostileTokens.Find("a stranger's signature under a kid of its own").Write(_provider))).TryGet(out _, out var unknown);
        (await ReadAsync(HostileTokens.Find("a stranger's signature under our kid").Write(_provider))).TryGet(out _, out var forged);

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

    [Theory]
    [InlineData("iat", 120, "The token is from 120 seconds in the future by the portal's clock. Set the clock of the portal's host, or the provider's, by NTP.")]
    [InlineData("nbf", 61, "The token is from 61 seconds in the future by the portal's clock. Set the clock of the portal's host, or the provider's, by NTP.")]
    [InlineData("iat", -720, "The token was issued 720 seconds ago by the portal's clock: it is old, or one of the two clocks is wrong.")]
    [InlineData("exp", -120, "The token ended 120 seconds ago by the portal's clock: it is old, or one of the two clocks is wrong.")]
    public async Task An_operator_reads_which_clock_to_look_at(string claim, int seconds, string detail)
    {
        var claims = Claims();
        claims[claim] = Now.AddSeconds(seconds).ToUnixTimeSeconds();

        (await ReadAsync(_provider.Sign(Header(), claims))).TryGet(out _, out var fault).ShouldBeFalse();

        fault!.Detail.ShouldBe(detail);
    }

    [Fact]
    public async Task When_somebody_was_asked_who_they_are_is_read_where_the_provider_says_it()
    {
        (await AcceptedAsync(_ => { })).AuthenticatedAt.ShouldBeNull();
        (await AcceptedAsync(claims => claims["auth_time"] = Now.AddHours(-3).ToUnixTimeSeconds())).AuthenticatedAt.ShouldBe(Now.AddHours(-3));
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
        (await AcceptedAsync(claims => claims["name"] = "Dana\u202Enimda")).Name.ShouldBe("user-1");
        (await AcceptedAsync(claims => claims["name"] = new JsonObject { ["given"] = "Dana" })).Name.ShouldBe("user-1");
        (await AcceptedAsync(claims => claims["name"] = "דנה")).Name.ShouldBe("דנה");
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
        (await AcceptedAsync(HostileTokens.AsEntra, Entra)).PersonId.ShouldBe($"{Tenant}|object-1");

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
        HostileTokens.AsEntra(claims);
        claims[claim] = value;

        (await ReadAsync(_provider.Sign(Header(), claims), Entra)).TryGet(out _, out _).ShouldBeFalse();
    }

    private static SignInOptions Plain => new() { Authority = TestProvider.Issuer, ClientId = TestProvider.ClientId };

    private static SignInOptions Entra => new() { Authority = TestProvider.Issuer, ClientId = TestProvider.ClientId, TenantId = Tenant };

    private Task<Result<IdToken, IdTokenFault>> ReadAsync(string token, SignInOptions? options = null) =>
        ReaderOf(options ?? Plain).ReadAsync(token, TestProvider.AccessToken, TestProvider.Nonce, _provider.Metadata);

    private static IdTokenReader ReaderOf(SignInOptions settings)
    {
        var (options, clock) = (Options.Create(settings), new ManualTimeProvider(Now));
        return new IdTokenReader(new SignedTokens(options, clock), options, clock);
    }

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
