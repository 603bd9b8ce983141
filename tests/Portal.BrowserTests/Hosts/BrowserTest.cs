using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Portal.BrowserTests;

/// <summary>A test with a browser of its own: no cookie, no storage, nothing of another test.</summary>
public abstract class BrowserTest(Stage stage) : IAsyncLifetime
{
    private readonly List<IBrowserContext> _contexts = [];
    private readonly Dictionary<IBrowserContext, Watch> _watches = [];

    protected Stage Stage { get; } = stage;

    protected IPage Page { get; private set; } = null!;

    public virtual async ValueTask InitializeAsync()
    {
        await Stage.ResetAsync();
        Page = await OpenAsync();
    }

    [SuppressMessage("Usage", "CA1816", Justification = "There is nothing to finalize.")]
    public virtual async ValueTask DisposeAsync()
    {
        if (TestContext.Current.TestState is { Result: TestResult.Failed })
        {
            await ShootAsync();
        }

        foreach (var context in _contexts)
        {
            await context.DisposeAsync();
        }

        _watches.Values.SelectMany(watch => watch.Complaints).ShouldBeEmpty();
    }

    /// <summary>Another browser: another person, or the same one elsewhere.</summary>
    private protected async Task<IPage> OpenAsync(BrowserNewContextOptions? options = null)
    {
        options ??= new BrowserNewContextOptions();
        options.BaseURL ??= Stage.Address;
        options.ViewportSize ??= new ViewportSize { Width = 1280, Height = 900 };
        options.ReducedMotion ??= ReducedMotion.Reduce;
        var context = await Stage.Browser.NewContextAsync(options);
        _contexts.Add(context);
        context.SetDefaultTimeout(Stage.Deadline);
        await context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        _watches.Add(context, await Watch.OverAsync(context));
        return await context.NewPageAsync();
    }

    /// <summary>Opens a page of the portal, and signs in on the provider's page.</summary>
    private protected async Task SignInAsync(string account, string address = "/", IPage? page = null)
    {
        page ??= Page;
        await page.GotoAsync(address);
        await Expect(page).ToHaveTitleAsync("Sign in to the sandbox");
        await page.GetByRole(AriaRole.Button, new() { Name = account, Exact = true }).ClickAsync();
        await Expect(page).ToHaveURLAsync(address);
    }

    /// <summary>The page listens: with its first drawing the circuit puts the focus on the heading.</summary>
    private protected Task ReadyAsync() => Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync();

    /// <summary>What is on the clipboard, by pasting it: the portal itself may not be read from, nor let anybody read.</summary>
    private protected async Task<string> PasteAsync()
    {
        var page = await Page.Context.NewPageAsync();
        await page.SetContentAsync("<textarea></textarea>");
        await page.Locator("textarea").FocusAsync();
        await page.Keyboard.PressAsync("Control+V");
        await Expect(page.Locator("textarea")).Not.ToHaveValueAsync("");
        var text = await page.Locator("textarea").InputValueAsync();
        await page.CloseAsync();
        return text;
    }

    private protected static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);

    private protected static IPageAssertions Expect(IPage page) => Assertions.Expect(page);

    /// <summary>These words in what the browser complains of are part of the test.</summary>
    private protected void Heard(IPage page, params ReadOnlySpan<string> words) => _watches[page.Context].Expect(words);

    /// <summary>A pattern that an expectation takes: the browser reads it, so no option of .NET's is in it.</summary>
    private protected static Regex Like(string pattern) => new(pattern, RegexOptions.None, TimeSpan.FromSeconds(1));

    private async Task ShootAsync()
    {
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "failed")).FullName;
        var name = $"{TestContext.Current.TestClass?.TestClassSimpleName}.{TestContext.Current.TestMethod?.MethodName}";
        try
        {
            await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = true, Timeout = 5000 });
        }
        catch (Exception exception) when (exception is PlaywrightException or TimeoutException)
        {
            // The page may be what broke.
        }
    }
}
