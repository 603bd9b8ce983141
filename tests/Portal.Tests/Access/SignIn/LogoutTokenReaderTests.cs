using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Portal.Access;
using Portal.DigitalOcean;

namespace Portal.Tests.Access.SignIn;

public sealed class LogoutTokenReaderTests
{
    private readonly TestProvider _provider = new();

    [Fact]
    public async Task A_good_token_says_whose_session_ended()
    {
        var logout = await AcceptedAsync(HostileLogoutTokens.Header, HostileLogoutTokens.Claims);

        logout.ProviderSession.ShouldBe("provider-session-1");
        logout.PersonId.ShouldBe("https://login.example.com/company|user-1");
        logout.IssuedAt.ShouldBe(HostileLogoutTokens.Now);
    }

    [Theory]
    [InlineData("sid", null, "https://login.example.com/company|user-1")]
    [InlineData("sub", "provider-session-1", null)]
    public async Task One_of_session_and_person_is_enough(string without, string? session, string? person)
    {
        var claims = HostileLogoutTokens.Claims;
        claims.Remove(without);

        var logout = await AcceptedAsync(HostileLogoutTokens.Header, claims);

        logout.ProviderSession.ShouldBe(session);
        logout.PersonId.ShouldBe(person);
    }

    [Fact]
    public async Task A_token_need_not_name_its_type()
    {
        var header = HostileLogoutTokens.Header;
        header.Remove("typ");

        await AcceptedAsync(header, HostileLogoutTokens.Claims);
    }

    [Fact]
    public async Task For_a_tenant_the_person_is_not_in_the_subject()
    {
        var settings = new SignInOptions { Authority = TestProvider.Issuer, ClientId = TestProvider.ClientId, TenantId = HostileTokens.Tenant };
        var claims = HostileLogoutTokens.Claims;

        (await AcceptedAsync(HostileLogoutTokens.Header, claims, settings)).PersonId.ShouldBeNull();
        claims.Remove("sid");
        (await ReadAsync(_provider.Sign(HostileLogoutTokens.Header, claims), settings)).TryGet(out _, out _).ShouldBeFalse();
    }

    public static TheoryData<string> HostileNames() => [.. HostileLogoutTokens.All.Keys];

    [Theory]
    [MemberData(nameof(HostileNames))]
    public async Task A_hostile_logout_token_ends_nothing(string name)
    {
        (await ReadAsync(HostileLogoutTokens.All[name](_provider))).TryGet(out _, out var fault).ShouldBeFalse(name);

        fault!.Detail.Length.ShouldBeInRange(10, 150);
    }

    private async Task<Logout> AcceptedAsync(JsonObject header, JsonObject claims, SignInOptions? settings = null)
    {
        (await ReadAsync(_provider.Sign(header, claims), settings)).TryGet(out var logout, out var fault).ShouldBeTrue(fault?.Detail);
        return logout!;
    }

    private Task<Result<Logout, IdTokenFault>> ReadAsync(string token, SignInOptions? settings = null)
    {
        var options = Options.Create(settings ?? new SignInOptions { Authority = TestProvider.Issuer, ClientId = TestProvider.ClientId });
        return new LogoutTokenReader(new SignedTokens(options, new ManualTimeProvider(HostileLogoutTokens.Now)), options).ReadAsync(token, _provider.Metadata);
    }
}
