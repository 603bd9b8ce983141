using Microsoft.Playwright;
using Portal.Sandbox;

namespace Portal.BrowserTests;

/// <summary>Every state of the diagnosis and of the code: for everybody, light and dark, wide and narrow.</summary>
public sealed class DiagnoseAxeTests(Stage stage) : BrowserTest(stage)
{
    private readonly Inspection _inspection = new();

    [Fact]
    public async Task The_diagnosis_is_for_everybody()
    {
        await SignInAsync("developer", $"/diagnose?cluster={SandboxClusters.PaymentsStaging}&pool=payments-app");
        var find = Page.GetByRole(AriaRole.Button, new() { Name = "Find out" });
        await Expect(find).ToBeEnabledAsync();
        await LookAsync("diagnose, empty");
        await find.ClickAsync();
        await Expect(Page.Locator(".field-error")).ToBeVisibleAsync();
        await LookAsync("diagnose, nothing pasted");
        foreach (var text in (string[])
        [
            "postgres://app:a/b@private-a-very-long-host-name-that-never-ends-do-user-1234567-0.b.db.ondigitalocean.com:25060/payments-app?options=-csearch_path%3Dx&pgbouncer=true",
            "npgsql: 42P05: prepared statement \"_p1\" already exists\nself-signed certificate in certificate chain",
            $"it does not work {new string('x', 10_000)}",
        ])
        {
            await Page.GetByLabel("Connection string or error message").FillAsync(text);
            await find.ClickAsync();
            await Expect(Page.Locator("#result")).ToBeFocusedAsync();
            await Page.EvaluateAsync("() => document.querySelectorAll('.diagnosis-card details').forEach(more => { more.open = true; })");

            await LookAsync($"diagnosed: {text[..20]}");
        }

        _inspection.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_change_as_code_is_for_everybody_and_is_copied_as_it_stands()
    {
        await SignInAsync("developer");
        var form = new NewPool(Page);
        await form.OpenAsync();
        await form.FillAsync("as-code");
        await form.CheckAsync();
        var code = Page.Locator("details.as-code");
        await code.Locator("summary").ClickAsync();
        foreach (var tool in (string[])["doctl", "pydo", "Terraform", "curl"])
        {
            await code.GetByRole(AriaRole.Radio, new() { Name = tool }).CheckAsync();
            await Expect(code.GetByRole(AriaRole.Button, new() { Name = $"Copy {tool} code" })).ToBeVisibleAsync();
            await LookAsync($"check, as code: {tool}");
        }

        await code.GetByRole(AriaRole.Button, new() { Name = "Copy curl code" }).ClickAsync();
        await Expect(code.GetByRole(AriaRole.Status)).ToHaveTextAsync("curl code copied.");
        (await PasteAsync()).ShouldBe(await code.Locator("pre").InnerTextAsync());
        await Page.EvaluateAsync("() => { navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError')); }");
        await code.GetByRole(AriaRole.Button, new() { Name = "Copy curl code" }).ClickAsync();
        await Expect(code.Locator("textarea")).ToBeFocusedAsync();
        await Expect(code.Locator("textarea")).ToHaveValueAsync(await code.Locator("pre").InnerTextAsync());
        await LookAsync("check, as code, clipboard refused");

        await form.Create.ClickAsync();
        await Expect(new Card(Page).Copy).ToBeVisibleAsync();
        await code.Locator("summary").ClickAsync();
        await Expect(code.Locator("pre")).ToContainTextAsync("doctl databases pool create");
        await LookAsync("change, as code");

        _inspection.Violations.ShouldBeEmpty();
    }

    private Task LookAsync(string state) => _inspection.LookAsync(Page, state);
}
