using Microsoft.Playwright;
using Portal.Sandbox;

namespace Portal.BrowserTests;

/// <summary>Takes the pictures of the documentation, where the variable PICTURES names the folder for them.</summary>
public sealed class PictureTests(Stage stage) : BrowserTest(stage)
{
    private const string Variable = "PICTURES";

    [Fact]
    public async Task Form_and_card_stand_side_by_side()
    {
        var folder = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(folder), $"{Variable} names no folder.");
        await Page.SetViewportSizeAsync(760, 900);
        await SignInAsync("developer");
        var form = new NewPool(Page);
        await form.OpenAsync();
        await form.FillAsync();
        await Page.EvaluateAsync("() => document.activeElement.blur()");
        var left = await Page.Locator("main").ScreenshotAsync();
        var card = await form.MakeAsync("checkout-app");
        await Expect(Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Tested connection" })).ToContainTextAsync("(done)");
        await Page.EvaluateAsync("() => document.activeElement.blur()");
        var right = await Page.Locator("main").ScreenshotAsync();

        await SideBySideAsync(Path.Combine(folder!, "form-and-card.png"), left, right);
    }

    [Fact]
    public async Task List_and_drifted_pool_stand_side_by_side()
    {
        var folder = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(folder), $"{Variable} names no folder.");
        await Page.SetViewportSizeAsync(1280, 1100);
        await SignInAsync("developer");
        await new NewPool(Page).MakeAsync("checkout-app");
        using (var api = new SandboxApi(Stage.Sandbox))
        {
            await api.PutAsync(SandboxApi.Pool(SandboxClusters.OrdersProd, "checkout-app"), new { mode = "session", size = 8, db = "checkout", user = "app" });
        }

        await Page.GotoAsync($"/clusters/{SandboxClusters.OrdersProd}/pools/checkout-app");
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "Put back" })).ToBeVisibleAsync();
        await Expect(new Card(Page).Copy).ToBeVisibleAsync();
        await Page.EvaluateAsync("() => document.activeElement.blur()");
        var right = await Page.ScreenshotAsync();
        await Page.GotoAsync("/");
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "checkout-app" })).ToBeVisibleAsync();
        await Page.EvaluateAsync("() => document.activeElement.blur()");
        await SideBySideAsync(Path.Combine(folder!, "list-and-pool.png"), await Page.ScreenshotAsync(), right);
    }

    private async Task SideBySideAsync(string path, byte[] left, byte[] right)
    {
        var table = await Page.Context.NewPageAsync();
        await table.SetContentAsync($$"""
            <style>body { margin: 0; padding: 16px; display: flex; gap: 16px; align-items: flex-start; background: #e9edf2; width: max-content }
            img { width: 760px; height: auto; border-radius: 8px; box-shadow: 0 1px 6px #0003 }</style>
            <img src="data:image/png;base64,{{Convert.ToBase64String(left)}}"><img src="data:image/png;base64,{{Convert.ToBase64String(right)}}">
            """);
        await table.SetViewportSizeAsync(1568, 200);
        await table.ScreenshotAsync(new() { Path = path, FullPage = true });
    }
}
