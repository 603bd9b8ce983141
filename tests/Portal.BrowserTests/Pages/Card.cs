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

    public ILocator MoreFormats => Whole.GetByLabel("More formats");

    public ILocator InVpc => Whole.GetByRole(AriaRole.Radio, new() { Name = "In the cluster's VPC" });

    public ILocator Elsewhere => Whole.GetByRole(AriaRole.Radio, new() { Name = "My machine or elsewhere" });

    /// <summary>The question of where it runs, with both answers.</summary>
    public ILocator WhereItRuns => Whole.GetByRole(AriaRole.Group, new() { Name = "Where does it run?" });

    public ILocator AskForFile => Whole.GetByRole(AriaRole.Button, new() { Name = "Download" });

    public ILocator Warning => Whole.GetByRole(AriaRole.Dialog);

    /// <summary>Pool or Direct.</summary>
    public ILocator Route(string name) => Whole.GetByRole(AriaRole.Group, new() { Name = "Route" }).GetByRole(AriaRole.Radio, new() { Name = name, Exact = true });

    public ILocator Format(string name) => Whole.GetByRole(AriaRole.Radio, new() { Name = name, Exact = true });

    public async Task CopyAsync()
    {
        await Copy.ClickAsync();
        await Assertions.Expect(Status).ToHaveTextAsync("Connection string copied. It contains the password.");
    }

    /// <summary>Downloads the text as a file after reading the warning, and gives back what is in it.</summary>
    public async Task<string> DownloadAsync()
    {
        await AskForFile.ClickAsync();
        await Assertions.Expect(Warning).ToContainTextAsync("is not encrypted");
        var download = await page.RunAndWaitForDownloadAsync(() => Warning.GetByRole(AriaRole.Button, new() { Name = "Download" }).ClickAsync());
        await Assertions.Expect(Status).ToHaveTextAsync($"{download.SuggestedFilename} downloaded. It contains the password, and is not encrypted.");
        return await File.ReadAllTextAsync(await download.PathAsync());
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
