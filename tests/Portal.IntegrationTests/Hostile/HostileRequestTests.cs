using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Portal.IntegrationTests.Door;
using Portal.Inventory;
using Portal.Sandbox;
using Portal.Sandbox.Control;

namespace Portal.IntegrationTests.Hostile;

/// <summary>The running portal and what strangers send: an answer comes, never a 500, nothing goes wrong in the log, and no text becomes markup.</summary>
public sealed partial class HostileRequestTests : IAsyncLifetime
{
    private static readonly string Pool = $"/clusters/{SandboxClusters.OrdersProd}/pools";

    private static readonly (string Account, string Address)[] Pages =
    [
        ("developer", "/?q=%&cluster=%&team=%&mode=%&state=%&sort=%&page=%"),
        ("developer", "/pools/new?cluster=%&database=%&user=%&from=%&name=%"),
        ("developer", "/changes?page=%&show=%"),
        ("developer", "/changes/%"),
        ("developer", "/clusters/%"),
        ("developer", $"{Pool}/%"),
        ("developer", $"{Pool}/%/resize?size=%&form=%"),
        ("developer", $"{Pool}/%/edit?mode=%"),
        ("developer", $"{Pool}/%/delete"),
        ("developer", "/diagnose?cluster=%&pool=%"),
        ("developer", "/pools.csv?q=%&cluster=%&sort=%"),
        ("developer", "/not-allowed?returnUrl=%&page=%"),
        ("developer", "/signed-out?why=%&returnUrl=%"),
        ("developer", "/%"),
        ("lead", $"{Pool}/%/adopt"),
        ("lead", $"{Pool}/%/password"),
        ("lead", "/reviews?show=%&kind=%&team=%&requester=%&cluster=%&page=%"),
        ("lead", "/reviews/%"),
        ("lead", "/look-after?show=%&team=%&q=%&sort=%&page=%&step=%"),
        ("admin", "/audit?person=%&action=%&pool=%&cluster=%&change=%&from=%&to=%&q=%&before=%"),
        ("admin", "/audit/export.csv?person=%&from=%&to=%&before=%"),
        ("admin", "/audit/export.jsonl?person=%&from=%&to=%"),
        ("admin", "/admin?%=%"),
    ];

    private readonly string _file = Path.GetTempFileName();
    private KeptLog _log = null!;
    private DoorHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _log = new KeptLog(_file);
        _host = await DoorHost.StartAsync(settings => settings["Logging:LogLevel:Default"] = settings["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning", log: _ => _log);
        await _host.Portal.ReadAsync(SandboxClusters.OrdersProd);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _log.Dispose();
        File.Delete(_file);
    }

    [Fact]
    public async Task Every_page_answers_whatever_its_address_says()
    {
        foreach (var pages in Pages.GroupBy(page => page.Account))
        {
            var browser = _host.Browser();
            await browser.SignInAsync(pages.Key);
            foreach (var text in HostileTexts.All)
            {
                foreach (var (_, address) in pages)
                {
                    // What is not a whole letter has no form in an address.
                    var written = Uri.EscapeDataString(new string([.. text.Where(letter => !char.IsSurrogate(letter))]));
                    await AnsweredAsync(browser, address.Replace("%", written, StringComparison.Ordinal), text);
                }
            }
        }

        Complaints().ShouldBeEmpty();
    }

    [Fact]
    public async Task Bytes_that_are_no_text_in_an_address_are_answered_too()
    {
        var browser = _host.Browser();
        await browser.SignInAsync("developer");
        foreach (var bytes in new[] { "%", "%zz", "%c0%af..%c0%af", "%ff%fe", "%ed%a0%80", "%00%00", "a%2fb%5cc", "..%252f..%252f", ";/..;/" })
        {
            foreach (var address in new[] { $"/{bytes}", $"{Pool}/{bytes}", $"/?q={bytes}", $"/changes/{bytes}", $"/pools.csv?q={bytes}", $"/sign-in?returnUrl={bytes}" })
            {
                await AnsweredAsync(browser, address, bytes);
            }
        }

        Complaints().ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_form_and_body_is_answered_whatever_is_in_it()
    {
        var browser = _host.Browser();
        await browser.SignInAsync("developer");
        var token = await browser.FormTokenAsync();
        foreach (var text in HostileTexts.All)
        {
            (string, string)[] form = [("__RequestVerificationToken", token), ("format", text), ("network", text), ("use", text), ("server", text), ("verify", text), ("purpose", text), ("connectAs", text)];
            using (var response = await browser.PostAsync($"{Pool}/checkout/connection", form))
            {
                ((int)response.StatusCode).ShouldBeInRange(400, 499, text);
            }

            using var report = await browser.SendAsync(HttpMethod.Post, "/csp-report", new StringContent(text, System.Text.Encoding.UTF8, "application/csp-report"));
            ((int)report.StatusCode).ShouldBeLessThan(500);
        }

        Complaints().ShouldBeEmpty();
    }

    [Fact]
    public async Task Ten_megabytes_in_a_field_are_turned_away()
    {
        var browser = _host.Browser();
        await browser.SignInAsync("developer");
        foreach (var address in new[] { "/sign-out", $"{Pool}/checkout/connection", "/csp-report" })
        {
            using var response = await PostOrNoneAsync(browser, address, new string('x', 10_000_000));

            if (response is not null)
            {
                ((int)response.StatusCode).ShouldBeInRange(400, 499);
            }
        }

        Complaints().ShouldBeEmpty();
        (await browser.OpenAsync("/")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_the_api_answers_is_text_on_every_page()
    {
        var names = HostileTexts.All.Where(text => text.Length is > 0 and < 60 && !text.Any(char.IsSurrogate)).ToList();
        var pools = names.Select((name, index) => new { name = $"{name}{index}", mode = name, size = index, db = name, user = name }).ToList();
        _host.Sandbox.Faults.Add(new Fault
        {
            Method = "GET", Path = $"/v2/databases/{SandboxClusters.OrdersProd}/pools", Kind = FaultKind.Status, Status = 200, Times = 1000, Body = JsonSerializer.SerializeToElement(new { pools }),
        });
        (await _host.Portal.Of<InventoryReader>().ReadClusterAsync(SandboxClusters.OrdersProd, CancellationToken.None)).TryGet(out _, out _);

        foreach (var account in new[] { "developer", "lead", "admin" })
        {
            var browser = _host.Browser();
            await browser.SignInAsync(account);
            foreach (var address in new[] { "/", $"/clusters/{SandboxClusters.OrdersProd}", "/pools.csv", "/look-after", "/audit", "/changes" })
            {
                await AnsweredAsync(browser, address, "the api's answer");
            }
        }

        Complaints().ShouldBeEmpty();
    }

    private static async Task AnsweredAsync(Browser browser, string address, string about)
    {
        using var response = await browser.OpenAsync(address);
        ((int)response.StatusCode).ShouldBeLessThan(500, $"{address[..Math.Min(address.Length, 200)]} for {about}");
        if (response.Content.Headers.ContentType?.MediaType is "text/html")
        {
            var html = await response.Content.ReadAsStringAsync();
            html.ShouldNotContain(HostileTexts.Markup);
            Handler().IsMatch(html).ShouldBeFalse($"markup of a stranger in {address[..Math.Min(address.Length, 200)]}");
        }
    }

    /// <summary>Null when the server hung up on what was too long, which is an answer too.</summary>
    private static async Task<HttpResponseMessage?> PostOrNoneAsync(Browser browser, string address, string text)
    {
        try
        {
            return await browser.PostAsync(address, ("field", text));
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private IEnumerable<string> Complaints() =>
        _log.Read().Split('\n').Where(line => line.StartsWith("Error ", StringComparison.Ordinal) || line.StartsWith("Critical ", StringComparison.Ordinal)).Select(line => line[..Math.Min(line.Length, 600)]);

    // What the corpus has as markup, unescaped: none of the portal's own pages has any of these.
    [GeneratedRegex("<img src=x|<svg onload|<script>alert|<b id=pg", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Handler();
}
