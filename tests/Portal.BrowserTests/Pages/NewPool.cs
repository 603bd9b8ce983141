using Microsoft.Playwright;
using Portal.Sandbox;

namespace Portal.BrowserTests;

/// <summary>The form of a new pool and its check page, by the labels that people read.</summary>
internal sealed class NewPool(IPage page)
{
    public ILocator Cluster => page.GetByLabel("Cluster", new() { Exact = true });

    public ILocator Database => page.GetByLabel("Database", new() { Exact = true });

    public ILocator User => page.GetByLabel("Database user", new() { Exact = true });

    public ILocator Size => page.GetByLabel("Pool size");

    public ILocator Name => page.GetByLabel("Pool name");

    public ILocator Reason => page.GetByLabel("Reason");

    public ILocator Continue => Button("Continue");

    public ILocator Create => Button("Create pool");

    public ILocator SendForReview => Button("Send for review");

    public ILocator Errors => page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "There is a problem" });

    public ILocator Mode(string name) => page.GetByRole(AriaRole.Radio, new() { Name = name, Exact = true });

    /// <summary>Opens the form and waits until it takes what is typed.</summary>
    public async Task OpenAsync(string address = "/pools/new")
    {
        await page.GotoAsync(address);
        await ReadyAsync();
    }

    public Task ReadyAsync() => Assertions.Expect(Continue).ToBeEnabledAsync();

    /// <summary>A pool of 5 that Payments may have at once, unless said otherwise.</summary>
    public async Task FillAsync(string? name = null, string? size = "5", string mode = "Transaction", string? reason = null, Guid? cluster = null, string database = "checkout", string user = "app")
    {
        await Cluster.SelectOptionAsync((cluster ?? SandboxClusters.OrdersProd).ToString());
        await Database.SelectOptionAsync(database);
        await User.SelectOptionAsync(user);
        // What follows from the choices has arrived.
        await Assertions.Expect(Name).Not.ToHaveValueAsync("");
        await Mode(mode).CheckAsync();
        if (size is not null)
        {
            await Size.FillAsync(size);
        }

        if (name is not null)
        {
            await Name.FillAsync(name);
        }

        if (reason is not null)
        {
            await Reason.FillAsync(reason);
        }
    }

    public async Task CheckAsync()
    {
        await Continue.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Check before it is created" })).ToBeVisibleAsync();
    }

    /// <summary>Makes the pool, and waits for its card.</summary>
    public async Task<Card> MakeAsync(string name, string mode = "Transaction", string user = "app", Guid? cluster = null, string database = "checkout", string size = "5")
    {
        await OpenAsync();
        await FillAsync(name, size, mode, cluster: cluster, database: database, user: user);
        await CheckAsync();
        await Create.ClickAsync();
        var card = new Card(page);
        await Assertions.Expect(card.Copy).ToBeVisibleAsync();
        return card;
    }

    private ILocator Button(string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
