using System.Net;
using System.Net.WebSockets;
using Portal.IntegrationTests.Door;

namespace Portal.IntegrationTests.Web;

/// <summary>How many circuits one person can have, counted by what is open at this moment.</summary>
[Collection(DoorCollection.Name)]
public sealed class OpenPagesTests(DoorFixture fixture) : IDisposable
{
    private const int Most = 20;
    private const string Room = "/_blazor/room";

    private readonly DoorHost _host = fixture.Host.Afresh();
    private readonly List<ClientWebSocket> _open = [];

    public void Dispose() => _open.ForEach(socket => socket.Dispose());

    [Fact]
    public async Task A_person_has_twenty_and_whoever_closes_one_has_room_at_once()
    {
        var browser = _host.Browser();
        await browser.SignInAsync("developer");
        var elsewhere = _host.Browser();
        await elsewhere.SignInAsync("developer");
        for (var page = 0; page < Most; page++)
        {
            (await OpenAsync(page % 2 == 0 ? browser : elsewhere)).ShouldBe(HttpStatusCode.SwitchingProtocols, "both browsers are one person's");
        }

        (await OpenAsync(browser)).ShouldBe(HttpStatusCode.TooManyRequests);
        (await RoomAsync(browser)).ShouldBe(HttpStatusCode.TooManyRequests);
        var other = _host.Browser();
        await other.SignInAsync("lead");
        (await OpenAsync(other)).ShouldBe(HttpStatusCode.SwitchingProtocols);
        (await RoomAsync(other)).ShouldBe(HttpStatusCode.NoContent);

        _open[0].Abort();

        await Eventually.BecomesTrueAsync("there is room", async () => await RoomAsync(browser) == HttpStatusCode.NoContent, TimeSpan.FromSeconds(30));
        (await OpenAsync(browser)).ShouldBe(HttpStatusCode.SwitchingProtocols);
        (await OpenAsync(browser)).ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Theory]
    [InlineData("POST", "/_blazor/negotiate?negotiateVersion=1", HttpStatusCode.NotFound)]
    [InlineData("GET", "/_blazor", HttpStatusCode.BadRequest)]
    [InlineData("GET", "/_blazor?id=1", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/_blazor", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/_blazor/?id=1", HttpStatusCode.BadRequest)]
    [InlineData("DELETE", "/_blazor?id=1", HttpStatusCode.BadRequest)]
    public async Task There_is_no_way_to_a_circuit_that_is_not_counted(string method, string address, HttpStatusCode status)
    {
        var browser = _host.Browser();
        await browser.SignInAsync("developer");

        using var answer = await browser.SendAsync(new HttpMethod(method), address, content: null, ("Origin", Circuits.OriginOf(browser.Portal)), ("Accept", "text/event-stream"));

        answer.StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task Asking_whether_there_is_room_is_for_who_is_signed_in_and_no_activity()
    {
        var browser = _host.Browser();
        (await RoomAsync(browser)).ShouldBe(HttpStatusCode.Unauthorized);
        await browser.SignInAsync("developer");
        var before = _host.Sessions.ShouldHaveSingleItem().LastActivityAt;

        (await RoomAsync(browser)).ShouldBe(HttpStatusCode.NoContent);

        _host.Sessions.ShouldHaveSingleItem().LastActivityAt.ShouldBe(before);
    }

    [Fact]
    public async Task A_request_without_the_upgrade_is_told_to_the_operator_once_in_a_while()
    {
        KeptLog kept = null!;
        await using var host = await DoorHost.StartAsync(
            settings => settings["Logging:LogLevel:Portal.Shell"] = "Warning",
            log: database => kept = new KeptLog(Path.Combine(database.Folder, "portal.log")));
        var browser = host.Browser();
        using (await browser.OpenAsync("/_blazor"))
        {
            // Whoever is not signed in has said nothing about the proxy.
        }

        await browser.SignInAsync("developer");
        kept.Read().ShouldNotContain("WebSocket");
        for (var time = 0; time < 3; time++)
        {
            using var answer = await browser.SendAsync(HttpMethod.Get, "/_blazor?id=1", content: null, ("Origin", Circuits.OriginOf(browser.Portal)));
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        }

        kept.Read().Split("Said at most every 00:10:00").Length.ShouldBe(2);
    }

    private async Task<HttpStatusCode> OpenAsync(Browser browser)
    {
        var (socket, status) = await Circuits.ConnectAsync(browser.Portal, Circuits.CookiesOf(browser), Circuits.OriginOf(browser.Portal));
        _open.Add(socket);
        return status;
    }

    private static async Task<HttpStatusCode> RoomAsync(Browser browser)
    {
        using var answer = await browser.OpenAsync(Room);
        return answer.StatusCode;
    }
}
