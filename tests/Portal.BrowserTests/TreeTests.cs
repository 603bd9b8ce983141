using Portal.Sandbox;

namespace Portal.BrowserTests;

/// <summary>Name, role and value of everything in the form and on the card, as assistive technology gets them.</summary>
public sealed class TreeTests(Stage stage) : BrowserTest(stage)
{
    [Fact]
    public async Task The_form_says_what_each_control_is_called_is_and_holds()
    {
        await SignInAsync("developer");
        var form = new NewPool(Page);
        await form.OpenAsync();
        await form.FillAsync("tree-app", "4", "Session", "for the night run");

        await Expect(Page.Locator("form.form")).ToMatchAriaSnapshotAsync("""
            - group:
              - text: Cluster
              - combobox "Cluster":
                - option "Choose a cluster"
                - option /orders-prod · .+ · 4 GiB · 97 of 97 free/ [selected]
              - text: Database
              - combobox "Database":
                - option "checkout" [selected]
              - text: Database user
              - combobox "Database user":
                - option "app" [selected]
              - group "Mode":
                - radio "Transaction"
                - radio "Session" [checked]
                - radio "Statement"
              - textbox "Pool size": "4"
              - img "4 of 97 server connections used, 4 more than now, 93 free"
              - textbox "Pool name": tree-app
              - textbox "Reason (optional)": for the night run
              - button "Continue"
              - link "Cancel"
            """);
        await Expect(form.Size).ToHaveAccessibleDescriptionAsync(Like("^Up to 4 clients are served at once"));
        await Expect(form.Name).ToHaveAccessibleDescriptionAsync(Like("^Cannot be changed later"));
        await Expect(form.Mode("Transaction")).ToHaveAccessibleNameAsync("Transaction");
        await Expect(form.Mode("Transaction")).ToHaveAccessibleDescriptionAsync(Like("Best for most apps"));
    }

    [Fact]
    public async Task The_form_with_mistakes_says_which_controls_they_are_about()
    {
        await SignInAsync("developer");
        var form = new NewPool(Page);
        await form.OpenAsync();
        await form.Continue.ClickAsync();

        await Expect(form.Errors).ToMatchAriaSnapshotAsync("""
            - alert "There is a problem":
              - heading "There is a problem" [level=2]
              - list:
                - listitem:
                  - link "Choose a cluster"
                - listitem:
                  - link "Choose a database"
                - listitem:
                  - link "Choose a database user"
                - listitem:
                  - link "Enter a pool size"
                - listitem:
                  - link "Enter a pool name"
            """);
        await Expect(form.Cluster).ToHaveAccessibleDescriptionAsync(Like("Choose a cluster"));
        await Expect(form.Name).ToHaveAccessibleDescriptionAsync(Like("Enter a pool name"));
    }

    [Fact]
    public async Task The_card_says_what_each_control_is_called_is_and_holds()
    {
        await SignInAsync("developer");
        var card = await new NewPool(Page).MakeAsync("tree-card");

        await Expect(card.Whole).ToMatchAriaSnapshotAsync($"""
            - region "Connection":
              - heading "Connection" [level=2]
              - term: Cluster
              - definition: orders-prod
              - term: Mode
              - definition: Transaction
              - term: Pool size
              - definition: 5 server connections
              - term: Database
              - definition: checkout
              - term: Database user
              - definition: app
              - group "Format":
                - radio "URI" [checked]
                - radio "psql"
                - radio ".NET (Npgsql)"
              - checkbox "Verify the server (needs the CA file)"
              - link "Download the CA file":
                - /url: clusters/{SandboxClusters.OrdersProd}/ca-certificate.crt
              - text: /password hidden/
              - button "Copy connection string"
              - button "Show password"
              - button "Copy without the password"
              - status
            """);
        await Expect(card.Verify).ToHaveAccessibleDescriptionAsync(Like("ca-certificate.crt"));

        await card.Verify.CheckAsync();
        await card.Show.ClickAsync();

        await Expect(card.Whole).ToMatchAriaSnapshotAsync("""
            - region "Connection":
              - checkbox "Verify the server (needs the CA file)" [checked]
              - button "Hide password" [pressed]
              - status: Your password is visible
            """);
    }
}
