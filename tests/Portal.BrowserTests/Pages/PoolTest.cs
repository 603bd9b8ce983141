using Microsoft.Playwright;

namespace Portal.BrowserTests;

/// <summary>The test of a pool, on the pool's page.</summary>
internal sealed class PoolTest(IPage page)
{
    public ILocator Whole => page.GetByRole(AriaRole.Region, new() { Name = "Test this pool", Exact = true });

    public ILocator Button => Whole.GetByRole(AriaRole.Button, new() { NameRegex = new("^Test", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)) });

    public ILocator Status => Whole.Locator(".pool-test-status");

    public ILocator Finding(string title) => Whole.GetByRole(AriaRole.Listitem).Filter(new() { Has = page.GetByText(title, new() { Exact = true }) });

    public ILocator Figure(string name) => Whole.Locator("dl > div").Filter(new() { Has = page.GetByText(name, new() { Exact = true }) }).Locator(".figure");

    public async Task RunAsync(string ends = "Test finished: the pool works.")
    {
        await Button.ClickAsync();
        await Assertions.Expect(Status).ToHaveTextAsync(ends);
    }
}
