using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Portal.BrowserTests;

/// <summary>What the form of a new pool says beside its fields: the checklist of the mode, the budget, the calculator.</summary>
internal sealed class Advice(IPage page)
{
    public ILocator Checklist => page.Locator("details").Filter(new() { HasText = "Does your app use any of these?" });

    public ILocator ChecklistDoor => Checklist.Locator("summary");

    public ILocator Boxes => Checklist.GetByRole(AriaRole.Checkbox);

    public ILocator UseSession => Checklist.GetByRole(AriaRole.Button, new() { Name = "Use Session" });

    public ILocator Budget => page.GetByRole(AriaRole.Img, new() { NameRegex = Like("server connections used") });

    public ILocator Key => page.Locator(".budget-key > li");

    public ILocator SizeDoor => page.Locator("summary").Filter(new() { HasTextRegex = Like("^(Why [0-9]+, and what does my app need|How large does it have to be)\\?$") });

    public ILocator Rate => page.GetByLabel("Transactions a second");

    public ILocator Time => page.GetByLabel("Milliseconds each");

    public ILocator Instances => page.GetByLabel("Instances of the app");

    public ILocator Each => page.GetByLabel("Connections of each");

    public ILocator UseCalculated => page.GetByRole(AriaRole.Button, new() { NameRegex = Like("^Use [0-9]+, as calculated$") });

    public ILocator Box(string text) => Checklist.GetByRole(AriaRole.Checkbox, new() { NameRegex = Like($"^{text}") });

    private static Regex Like(string pattern) => new(pattern, RegexOptions.None, TimeSpan.FromSeconds(1));
}
