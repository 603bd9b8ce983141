using System.Text.Json;
using Portal.Sandbox;

namespace Portal.BrowserTests;

/// <summary>A person of the team Orders, and what is the team Payments' alone.</summary>
public sealed class RightsTests(Stage stage) : BrowserTest(stage)
{
    private const string Fetch = """
        async ([address, format]) => {
          const form = new URLSearchParams({ format, network: 'public', verify: 'false', connectAs: '', purpose: 'shown' });
          form.set('__RequestVerificationToken', document.querySelector('input[name="__RequestVerificationToken"]').value);
          const answer = await fetch(address, { method: 'POST', body: form, referrerPolicy: 'same-origin' });
          return [String(answer.status), await answer.text()];
        }
        """;

    [Fact]
    public async Task Somebody_of_another_team_sees_who_can_and_never_the_password()
    {
        await SignInAsync("developer");
        await new NewPool(Page).MakeAsync("rights-app");
        var other = await OpenAsync();
        var pool = $"/clusters/{SandboxClusters.OrdersProd}/pools/rights-app";
        await SignInAsync("developer2", pool, other);
        var password = await PasswordAsync("app");

        await Expect(new Card(other).Whole).ToContainTextAsync("Payments");
        await Expect(new Card(other).Whole.GetByText("The connection is not for you to see")).ToBeVisibleAsync();
        await Expect(new Card(other).Copy).ToHaveCountAsync(0);
        await Expect(new Card(other).Show).ToHaveCountAsync(0);

        foreach (var format in new[] { "uri", "psql", "npgsql" })
        {
            var answer = await other.EvaluateAsync<string[]>(Fetch, new[] { $"{pool}/connection", format });

            answer[0].ShouldBe("403");
            answer[1].ShouldContain("Payments");
            answer[1].ShouldNotContain(password);
        }

        (await other.ContentAsync()).ShouldNotContain(password);
        Heard(other, "403");
    }

    [Fact]
    public async Task Without_the_token_of_the_form_nothing_is_handed_out_even_to_those_who_may()
    {
        await SignInAsync("developer");
        await new NewPool(Page).MakeAsync("rights-form");

        var status = await Page.EvaluateAsync<int>(
            "async address => (await fetch(address, { method: 'POST', referrerPolicy: 'same-origin', body: new URLSearchParams({ format: 'uri', network: 'public', verify: 'false', purpose: 'shown' }) })).status",
            $"/clusters/{SandboxClusters.OrdersProd}/pools/rights-form/connection");

        status.ShouldBe(400);
        Heard(Page, "400");
    }

    [Theory]
    [InlineData("checkout", "app", "Orders may not use the database checkout")]
    [InlineData("orders", "app", "Orders may not use the database user app")]
    [InlineData("orders", "checkout", "Orders may not use the database user checkout")]
    public async Task A_pool_over_a_user_or_a_database_of_another_team_is_refused_on_the_server(string database, string user, string words)
    {
        await SignInAsync("developer2");
        var form = new NewPool(Page);
        await form.OpenAsync();
        await form.FillAsync(database: database, user: user);

        await form.Continue.ClickAsync();

        await Expect(form.Errors).ToContainTextAsync(words);
        Stage.Portal.ReadAll<Changes.PoolChange>().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_select_that_was_tampered_with_gets_nobody_any_further()
    {
        await SignInAsync("developer2");
        var form = new NewPool(Page);
        await form.OpenAsync();
        await form.FillAsync(database: "orders", user: "orders_app");
        // A name that no list of theirs has: what the browser sends is looked at again.
        await form.Cluster.EvaluateAsync(
            "(select, id) => { select.options[1].value = id; select.value = id; select.dispatchEvent(new Event('change', { bubbles: true })); }",
            SandboxClusters.PaymentsStaging.ToString());

        await form.Continue.ClickAsync();

        await Expect(form.Errors).ToContainTextAsync("Choose a cluster");

        await Page.ReloadAsync();
        await form.ReadyAsync();
        await form.FillAsync(database: "orders", user: "orders_app");
        await form.User.EvaluateAsync(
            "select => { select.options[1].value = 'checkout'; select.value = 'checkout'; select.dispatchEvent(new Event('change', { bubbles: true })); }");
        await form.Continue.ClickAsync();

        await Expect(form.Errors).ToContainTextAsync("Orders may not use the database user checkout");
        Stage.Portal.ReadAll<Changes.PoolChange>().ShouldBeEmpty();
        Stage.Sandbox.Ledger.Entries.ShouldNotContain(entry => entry.Method == "POST" && entry.Path.EndsWith("/pools", StringComparison.Ordinal) && entry.Pool == "orders-orders_app");
    }

    private async Task<string> PasswordAsync(string user)
    {
        using var api = new SandboxApi(Stage.Sandbox);
        JsonElement answer = (await api.GetAsync($"/v2/databases/{SandboxClusters.OrdersProd}/users/{user}")).Json;
        return answer.GetProperty("user").GetProperty("password").GetString()!;
    }
}
