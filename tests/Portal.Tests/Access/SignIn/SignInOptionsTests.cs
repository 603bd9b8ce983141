using Microsoft.Extensions.Options;
using Portal.Access;

namespace Portal.Tests.Access.SignIn;

public sealed class SignInOptionsTests
{
    private const string Tenant = "11111111-2222-3333-4444-555555555555";

    private static readonly (string Key, string Value)[] Plain = [("SignIn:Authority", "https://login.example.com/company"), ("SignIn:ClientId", "pool-portal")];

    [Fact]
    public void What_is_left_out_has_its_default()
    {
        var options = Read(Plain);

        options.ClientSecretPath.ShouldBeNull();
        SignInOptions.DefaultSecretPath.ShouldBe("pool-portal/sign-in");
        options.ClientKeyPath.ShouldBeNull();
        options.RolesClaim.ShouldBe("roles");
        options.GroupsClaim.ShouldBe("groups");
        options.TenantId.ShouldBeNull();
        options.Tenant.ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("login.example.com")]
    [InlineData("http://login.example.com")]
    [InlineData("https://login.example.com?tenant=1")]
    [InlineData("ftp://login.example.com")]
    public void The_authority_may_not_be(string authority) =>
        Refusal([("SignIn:Authority", authority), Plain[1]]).ShouldBe("SignIn:Authority must be the provider's issuer, an https address without a query, for example https://login.example.com/company. Plain http is taken on loopback only.");

    [Theory]
    [InlineData("http://localhost:5081/oidc")]
    [InlineData("http://127.0.0.1:5081/oidc")]
    [InlineData("https://login.example.com")]
    public void The_authority_may_be(string authority) => Read([("SignIn:Authority", authority), Plain[1]]).Authority.ShouldBe(authority);

    [Theory]
    [InlineData("common")]
    [InlineData("organizations")]
    [InlineData("example.com")]
    public void An_authority_of_Entra_names_one_tenant_by_its_id(string tenant) =>
        Refusal([("SignIn:Authority", $"https://login.microsoftonline.com/{tenant}/v2.0"), Plain[1]])
            .ShouldBe("SignIn:Authority must name one tenant by its id, for example https://login.microsoftonline.com/TENANT-ID/v2.0.");

    [Fact]
    public void The_tenant_is_read_from_an_authority_of_Entra() =>
        Read([("SignIn:Authority", $"https://login.microsoftonline.com/{Tenant}/v2.0"), Plain[1]]).Tenant.ShouldBe(Tenant);

    [Fact]
    public void Two_different_tenants_are_refused() =>
        Refusal([("SignIn:Authority", $"https://login.microsoftonline.com/{Tenant}/v2.0"), Plain[1], ("SignIn:TenantId", "99999999-2222-3333-4444-555555555555")])
            .ShouldBe("SignIn:TenantId must be the tenant that SignIn:Authority names, or be left out.");

    [Theory]
    [InlineData("ClientId")]
    [InlineData("ClientSecretPath")]
    [InlineData("ClientKeyPath")]
    [InlineData("RolesClaim")]
    [InlineData("GroupsClaim")]
    public void A_text_may_not_be_empty(string key) =>
        Refusal([.. Plain.Where(pair => pair.Key != $"SignIn:{key}"), ($"SignIn:{key}", " ")]).ShouldBe($"SignIn:{key} must not be empty.");

    [Fact]
    public void A_key_stands_in_the_place_of_the_secret() => Read([.. Plain, ("SignIn:ClientKeyPath", "pool-portal/sign-in-key")]).ClientKeyPath.ShouldBe("pool-portal/sign-in-key");

    [Fact]
    public void A_secret_and_a_key_together_stop_the_start() =>
        Refusal([.. Plain, ("SignIn:ClientSecretPath", "pool-portal/sign-in"), ("SignIn:ClientKeyPath", "pool-portal/sign-in-key")])
            .ShouldBe("SignIn:ClientKeyPath and SignIn:ClientSecretPath are both set. The portal proves by one of them who it is: leave the other out.");

    [Fact]
    public void A_client_secret_in_the_settings_stops_the_start() =>
        Should.Throw<OptionsValidationException>(() => Read([.. Plain, ("SignIn:ClientSecret", "hunter2")])).Message
            .ShouldSatisfyAllConditions(message => message.ShouldContain("SignIn:ClientSecret is no setting."), message => message.ShouldNotContain("hunter2"));

    private static SignInOptions Read((string Key, string Value)[] settings) =>
        OptionsUnderTest.Read<SignInOptions>(services => services.AddAccess(), settings);

    private static string Refusal((string Key, string Value)[] settings) =>
        OptionsUnderTest.Refusal<SignInOptions>(services => services.AddAccess(), settings);
}
