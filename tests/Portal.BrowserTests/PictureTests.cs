using Microsoft.Playwright;

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

        var table = await Page.Context.NewPageAsync();
        await table.SetContentAsync($$"""
            <style>body { margin: 0; padding: 16px; display: flex; gap: 16px; align-items: flex-start; background: #e9edf2; width: max-content }
            img { width: 760px; height: auto; border-radius: 8px; box-shadow: 0 1px 6px #0003 }</style>
            <img src="data:image/png;base64,{{Convert.ToBase64String(left)}}"><img src="data:image/png;base64,{{Convert.ToBase64String(right)}}">
            """);
        await table.SetViewportSizeAsync(1568, 900);
        await table.ScreenshotAsync(new() { Path = Path.Combine(folder!, "form-and-card.png"), FullPage = true });
    }
}
