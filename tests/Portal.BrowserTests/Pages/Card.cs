using Microsoft.Playwright;

namespace Portal.BrowserTests;

/// <summary>The connection of a pool.</summary>
internal sealed class Card(IPage page)
{
    public ILocator Whole => page.GetByRole(AriaRole.Region, new() { Name = "Connection", Exact = true });

    public ILocator Copy => Whole.GetByRole(AriaRole.Button, new() { Name = "Copy connection string" });

    public ILocator Show => Whole.GetByRole(AriaRole.Button, new() { Name = "Show password" });

    public ILocator Hide => Whole.GetByRole(AriaRole.Button, new() { Name = "Hide password" });

    public ILocator Verify => Whole.GetByLabel("Verify the server");

    public ILocator Certificate => Whole.GetByRole(AriaRole.Link, new() { Name = "Download the CA file" });

    public ILocator Masked => Whole.Locator("[data-part=masked]");

    public ILocator Shown => Whole.Locator("[data-part=shown]");

    public ILocator Status => Whole.Locator("[data-part=status]");

    public ILocator Alert => Whole.Locator("[data-part=alert]");

    public ILocator Format(string name) => Whole.GetByRole(AriaRole.Radio, new() { Name = name, Exact = true });

    public async Task CopyAsync()
    {
        await Copy.ClickAsync();
        await Assertions.Expect(Status).ToHaveTextAsync("Connection string copied. It contains the password.");
    }

    /// <summary>Keeps the CA file in a folder, as a person would.</summary>
    public async Task<string> DownloadCertificateAsync(string folder)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => Certificate.ClickAsync());
        var path = Path.Combine(folder, download.SuggestedFilename);
        await download.SaveAsAsync(path);
        return path;
    }
}
