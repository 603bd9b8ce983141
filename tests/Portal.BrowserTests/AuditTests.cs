using Microsoft.Playwright;
using Portal.Audit;
using Portal.Sandbox;

namespace Portal.BrowserTests;

/// <summary>The page of the record, with a thousand rows in it.</summary>
public sealed class AuditTests(Stage stage) : BrowserTest(stage)
{
    private readonly Inspection _inspection = new();

    [Fact]
    public async Task An_auditor_searches_a_thousand_rows_unfolds_one_verifies_and_takes_them_away()
    {
        await Stage.Portal.Of<AuditLog>().CommitAsync(
            (work, _) =>
            {
                for (var number = 1; number <= 1000; number++)
                {
                    work.Record(new AuditEntry(number % 2 == 0 ? AuditAction.Requested : AuditAction.ConnectionHandedOut)
                    {
                        Actor = new AuditActor("issuer|ana", "Ana Example"),
                        ChangeId = number,
                        ClusterId = SandboxClusters.OrdersProd,
                        Pool = $"a{new string('x', 28)}-{new string('y', 30)}",
                        Details = new Dictionary<string, string?> { ["reason"] = $"for the walk {number}", ["requestId"] = new string('f', 64) },
                    });
                }

                return Task.CompletedTask;
            },
            TestContext.Current.CancellationToken);
        await SignInAsync("auditor", "/audit");
        await ReadyAsync();
        await Expect(Page.GetByText("Verified up to row")).ToBeVisibleAsync();
        await LookAsync("audit");

        await Page.GetByLabel("Details contain").FillAsync("for the walk 77");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await Expect(Page).ToHaveURLAsync(Like(@"/audit\?text=for"));
        await Expect(Page.Locator(".aud-rows tbody tr")).ToHaveCountAsync(11);
        await Page.GetByLabel("What").SelectOptionAsync(AuditAction.Requested);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await Expect(Page.Locator(".aud-rows tbody tr")).ToHaveCountAsync(5);
        await Page.Locator(".aud-row > summary").First.ClickAsync();
        await Expect(Page.GetByText("request id", new() { Exact = true }).First).ToBeVisibleAsync();
        await LookAsync("audit, searched and unfolded");

        await Page.GoBackAsync();
        await Expect(Page.Locator(".aud-rows tbody tr")).ToHaveCountAsync(11);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Verify now" }).ClickAsync();
        await Expect(Page.GetByText(Like(@"Rows 1 to \d+: whole\."))).ToBeVisibleAsync();
        var download = await Page.RunAndWaitForDownloadAsync(() => Page.GetByRole(AriaRole.Link, new() { Name = "JSON Lines" }).ClickAsync());
        // The header, 11 rows, the row of the export itself, which says the same words, and the last line.
        (await File.ReadAllLinesAsync((await download.PathAsync())!, TestContext.Current.CancellationToken)).Length.ShouldBe(14);

        await Page.GotoAsync("/audit?person=nobody-like-that");
        await Expect(Page.GetByText("No row is like that")).ToBeVisibleAsync();
        await LookAsync("audit, nothing found");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Show all rows" }).ClickAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = "Older" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "Newest" })).ToBeVisibleAsync();

        _inspection.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_may_not_read_the_record_is_told_who_can()
    {
        await SignInAsync("developer");
        await Page.GotoAsync("/audit");
        await Expect(Page).ToHaveURLAsync(Like("/not-allowed"));
        await Expect(Page.GetByText("Audit can be opened by: admin, auditor.")).ToBeVisibleAsync();
    }

    private Task LookAsync(string state) => _inspection.LookAsync(Page, state);
}
