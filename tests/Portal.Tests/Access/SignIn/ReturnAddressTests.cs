using Portal.Access;

namespace Portal.Tests.Access.SignIn;

public sealed class ReturnAddressTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/pools/new")]
    [InlineData("/clusters/3f0a/pools/orders-app?tab=connection")]
    [InlineData("/pools?name=%2F%2Fevil.example")]
    [InlineData("/pools?next=https://evil.example")]
    [InlineData("/pools?note=a%5Cb")]
    [InlineData("/sign-in-help")]
    [InlineData("/pools?note=/../")]
    [InlineData("/clusters/3f0a/pools/a..b")]
    public void A_page_of_the_portal_is_returned_to(string address) => ReturnAddress.OrHome(address).ShouldBe(address);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("pools")]
    [InlineData("https://evil.example")]
    [InlineData("//evil.example")]
    [InlineData("///evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\/evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("/pools\\..\\..\\evil.example")]
    [InlineData("/%2Fevil.example")]
    [InlineData("/%2fevil.example")]
    [InlineData("/%5Cevil.example")]
    [InlineData("/%5cevil.example")]
    [InlineData("/%252Fevil.example")]
    [InlineData("/%25252Fevil.example")]
    [InlineData("%2F%2Fevil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("/\n/evil.example")]
    [InlineData("/%09/evil.example")]
    [InlineData("/%0D%0ASet-Cookie:a=b")]
    [InlineData("/pools?x=%0d%0aLocation:%20https://evil.example")]
    [InlineData(" /pools")]
    [InlineData("/ /evil.example")]
    [InlineData("\u0000/pools")]
    [InlineData("/\u202Eevil")]
    [InlineData("/ｐools")]
    [InlineData("javascript:alert(1)")]
    [InlineData("@evil.example")]
    [InlineData("?x=1")]
    [InlineData("/../wiki")]
    [InlineData("/pools/../../wiki")]
    [InlineData("/./wiki")]
    [InlineData("/..")]
    [InlineData("/%2e%2E/wiki")]
    [InlineData("/.%2e/wiki")]
    [InlineData("/%252e%252e/wiki")]
    [InlineData("/..%2Fwiki")]
    [InlineData("/x%3F/../../wiki")]
    public void Anything_else_is_answered_with_the_first_page(string? address) => ReturnAddress.OrHome(address).ShouldBe("/");

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/sign-in?returnUrl=/pools")]
    [InlineData("/SIGN-OUT")]
    [InlineData("/signed-out/")]
    [InlineData("/not-allowed?reason=no-role")]
    [InlineData("/signin-oidc?code=a")]
    [InlineData("/signout-callback-oidc")]
    [InlineData("/%73ign-in")]
    public void A_sign_in_does_not_end_at_a_door(string address) => ReturnAddress.OrHome(address).ShouldBe("/");

    [Theory]
    [InlineData("/", "https://tools.example.com/pools/")]
    [InlineData("/changes?page=2", "https://tools.example.com/pools/changes?page=2")]
    [InlineData("/javascript:alert(1)", "https://tools.example.com/pools/javascript:alert(1)")]
    [InlineData("/https:evil.example", "https://tools.example.com/pools/https:evil.example")]
    public void In_a_page_it_leads_to_below_the_path_of_the_portal(string address, string expected) =>
        new Uri(new Uri("https://tools.example.com/pools/"), ReturnAddress.InPage(ReturnAddress.OrHome(address))).ToString().ShouldBe(expected);

    [Fact]
    public void An_address_may_be_long_but_not_endless()
    {
        ReturnAddress.IsLocal("/" + new string('a', 1999)).ShouldBeTrue();
        ReturnAddress.IsLocal("/" + new string('a', 2000)).ShouldBeFalse();
    }
}
