using Microsoft.Playwright;

namespace Portal.BrowserTests;

/// <summary>A request as its reviewer sees it, by the labels that people read.</summary>
internal sealed class Review(IPage page)
{
    public ILocator Heading => page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    public ILocator Effect => page.GetByRole(AriaRole.Region, new() { Name = "Effect on" });

    public ILocator Rules => page.GetByRole(AriaRole.Region, new() { Name = "Rules, as of now" });

    public ILocator Approve => Button("Approve");

    public ILocator Smaller => Button("Approve with a smaller size");

    public ILocator AskDecline => Button("Decline…");

    public ILocator Decline => Button("Decline");

    public ILocator MarkAsSeen => Button("Mark as seen");

    public ILocator Note => page.GetByLabel("Note");

    public ILocator Size => page.GetByLabel("Pool size");

    public ILocator Reason => page.GetByLabel("Reason");

    public ILocator Errors => page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "There is a problem" });

    public ILocator Told => page.Locator(".rev-page").GetByRole(AriaRole.Status);

    /// <summary>The page listens: the circuit has drawn it.</summary>
    public async Task OpenAsync(long change)
    {
        await page.GotoAsync($"/reviews/{change}");
        await ReadyAsync();
    }

    public Task ReadyAsync() => Assertions.Expect(Heading).ToBeFocusedAsync();

    public ILocator ApproveWith(int size) => Button($"Approve with {size}");

    private ILocator Button(string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
