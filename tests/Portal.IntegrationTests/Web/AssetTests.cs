using System.Net;
using System.Text.RegularExpressions;
using Portal.IntegrationTests.Door;

namespace Portal.IntegrationTests.Web;

/// <summary>Style sheets and scripts, also for the page of another version.</summary>
[Collection(DoorCollection.Name)]
public sealed class AssetTests(DoorFixture fixture)
{
    private readonly DoorHost _host = fixture.Host.Afresh();

    [Fact]
    public async Task A_page_gets_what_it_asks_for()
    {
        var browser = _host.Browser();
        using var page = await browser.OpenAsync("/signed-out");
        var address = Regex.Match(await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), @"_framework/portal\.\w{10}\.css", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;

        using var sheet = await browser.OpenAsync($"/{address}");

        sheet.StatusCode.ShouldBe(HttpStatusCode.OK);
        sheet.Content.Headers.ContentType!.MediaType.ShouldBe("text/css");
    }

    [Theory]
    [InlineData("/_framework/portal.0123456789.css", "/_framework/portal.css")]
    [InlineData("/js/connection.abcdefghij.js", "/js/connection.js")]
    [InlineData("/_framework/blazor.web.abcdefghij.js", "/_framework/blazor.web.js")]
    public async Task The_page_of_another_version_gets_what_this_one_has(string asked, string given)
    {
        var browser = _host.Browser();

        using var answer = await browser.OpenAsync(asked);

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.ToString().ShouldBe(given);
        using var asset = await browser.OpenAsync(given);
        asset.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/_framework/portal.none.css")]
    [InlineData("/_framework/none.css")]
    [InlineData("/_framework/portal.0123456789.html")]
    [InlineData("/js/a%0D%0Ab.0123456789.js")]
    [InlineData("/js/%5C%5Cevil.example%5Cb.0123456789.js")]
    public async Task What_no_version_has_is_not_there(string address)
    {
        var browser = _host.Browser();
        await browser.SignInAsync("developer");

        using var answer = await browser.OpenAsync(address);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
