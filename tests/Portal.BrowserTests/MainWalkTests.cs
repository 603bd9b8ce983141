using Microsoft.Playwright;
using Portal.Sandbox;

namespace Portal.BrowserTests;

/// <summary>From the sign-in to a query through the string that was copied.</summary>
public sealed class MainWalkTests(Stage stage) : BrowserTest(stage)
{
    private readonly string _folder = Directory.CreateTempSubdirectory("portal-walk-").FullName;

    public override async ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        await base.DisposeAsync();
    }

    [Fact]
    public async Task A_developer_signs_in_asks_for_a_pool_and_connects_with_what_was_copied()
    {
        await SignInAsync("developer");
        // A click that begins on the page as it was sent and ends on what the circuit draws in its place is none.
        await ReadyAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = "New pool" }).ClickAsync();
        var form = new NewPool(Page);
        await form.ReadyAsync();
        await form.FillAsync(size: null);

        await Expect(form.Size).ToHaveValueAsync("5");
        await Expect(form.Name).ToHaveValueAsync("checkout-app");
        await form.CheckAsync();
        await Expect(Page.GetByText("0 → 5 of 97 used")).ToBeVisibleAsync();
        await Expect(Page).ToHaveURLAsync("/pools/new?check=true");

        await form.Create.ClickAsync();

        await Expect(Page).ToHaveURLAsync(Like("/changes/[0-9]+$"));
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("checkout-app on orders-prod");
        foreach (var step in new[] { "Checked policy", "Approved", "Asked DigitalOcean", "Read back", "Tested connection" })
        {
            await Expect(Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = step })).ToContainTextAsync("(done)");
        }

        var card = new Card(Page);
        await card.CopyAsync();
        var uri = await PasteAsync();
        uri.ShouldStartWith("postgresql://app:");
        (await Server.QueryAsync(Server.Read(uri, _folder).ConnectionString, "SELECT current_user || ' in ' || current_database()")).ShouldBe("app in checkout");
        var pool = await Server.PoolAsync(Stage.Sandbox, SandboxClusters.OrdersProd, "checkout-app");
        pool["pool_mode"].ShouldBe("transaction");
        pool["pool_size"].ShouldBe("5");
        pool["database"].ShouldBe("checkout");
    }

    [Fact]
    public async Task With_the_downloaded_certificate_the_server_is_verified_by_a_driver_by_net_and_by_psql()
    {
        await SignInAsync("developer");
        // A user whose password is made of everything that means something somewhere.
        var card = await new NewPool(Page).MakeAsync("walk-verified", "Session", user: "checkout");
        await card.Verify.CheckAsync();
        var file = await card.DownloadCertificateAsync(_folder);
        Path.GetFileName(file).ShouldBe("ca-certificate.crt");
        const string Query = "SELECT current_user || ' in ' || current_database()";

        await card.CopyAsync();
        var settings = Server.Read(await PasteAsync(), _folder);
        settings.SslMode.ShouldBe(Npgsql.SslMode.VerifyFull);
        (await Server.QueryAsync(settings.ConnectionString, Query)).ShouldBe("checkout in checkout");

        await card.Format(".NET (Npgsql)").CheckAsync();
        await card.CopyAsync();
        var text = await PasteAsync();
        text.ShouldContain("SSL Mode=VerifyFull");
        var before = Environment.CurrentDirectory;
        try
        {
            // The text names the file as it lies beside a program.
            Environment.CurrentDirectory = _folder;
            (await Server.QueryAsync(text, Query)).ShouldBe("checkout in checkout");
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }

        await card.Format("psql").CheckAsync();
        await card.CopyAsync();
        (await Server.ShellAsync(await PasteAsync(), _folder, Query + ";")).ShouldContain("checkout in checkout");
        (await Server.PoolAsync(Stage.Sandbox, SandboxClusters.OrdersProd, "walk-verified"))["pool_mode"].ShouldBe("session");
    }
}
