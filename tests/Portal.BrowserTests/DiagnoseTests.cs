using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Portal.Connections.Diagnosis;
using Portal.Sandbox;
using Portal.Storage;

namespace Portal.BrowserTests;

/// <summary>The page that says what is wrong: what it finds, what it never lets out of the browser, and that everybody can use it.</summary>
public sealed class DiagnoseTests(Stage stage) : BrowserTest(stage)
{
    private const string Canary = "Cnry7f3aQx";
    private const string Host = "payments-do-user-1-0.b.db.ondigitalocean.com";

    private readonly ConcurrentQueue<(string Where, string Text)> _written = new();

    private ILocator Field => Page.GetByLabel("Connection string or error message");

    private ILocator Find => Page.GetByRole(AriaRole.Button, new() { Name = "Find out" });

    private ILocator Result => Page.Locator("#result");

    private ILocator Findings => Page.Locator(".diagnosis-card h3");

    [Fact]
    public async Task A_string_is_explained_and_the_focus_goes_to_the_answer()
    {
        await OpenAsync();

        await DiagnoseAsync($"postgresql://payments:x@{Host}:25060/payments-app?sslmode=require");

        await Expect(Findings.First).ToHaveTextAsync("payments-app is a pool, and 25060 is not the pool's port");
        await Expect(Page.GetByText("payments-app, a pool of payments-staging")).ToBeVisibleAsync();
        await Expect(Field).ToHaveValueAsync($"postgresql://payments:(password)@{Host}:25060/payments-app?sslmode=require");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Test the pool payments-app" }).ClickAsync();
        await Expect(Page).ToHaveURLAsync($"/clusters/{SandboxClusters.PaymentsStaging}/pools/payments-app");
    }

    [Fact]
    public async Task From_the_page_of_a_pool_it_is_compared_with_that_pool()
    {
        await SignInAsync("auditor", $"/diagnose?cluster={SandboxClusters.PaymentsStaging}&pool=payments-app");
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "payments-app on payments-staging" })).ToBeVisibleAsync();
        await Expect(Find).ToBeEnabledAsync();

        await DiagnoseAsync("ERROR:  permission denied for schema public");

        await Expect(Page.Locator(".diagnosis-card").First).ToContainTextAsync("GRANT USAGE, CREATE ON SCHEMA public TO payments;");

        // Read in lines, and not in a column of syllables: classes of another page have got in here once.
        (await Page.Locator(".diagnosis-card > p").First.BoundingBoxAsync())!.Width.ShouldBeGreaterThan(400);
        (await Page.Locator(".driver-changes dd").First.BoundingBoxAsync())!.Width.ShouldBeGreaterThan(300);
    }

    [Fact]
    public async Task A_pool_that_is_not_there_is_no_reason_not_to_answer()
    {
        await SignInAsync("developer", $"/diagnose?cluster={Guid.NewGuid()}&pool=no-such-pool");
        await Expect(Find).ToBeEnabledAsync();

        await DiagnoseAsync("FATAL: query_wait_timeout");

        await Expect(Findings.First).ToHaveTextAsync("The client waited too long for a free server connection of the pool");
    }

    [Fact]
    public async Task What_is_not_known_says_what_to_try_next()
    {
        await OpenAsync();

        await DiagnoseAsync("it does not work");

        await Expect(Result).ToHaveTextAsync("This is not known here");
        await Expect(Findings).ToHaveCountAsync(0);
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "What to try next" })).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Clear" }).ClickAsync();
        await Expect(Field).ToBeFocusedAsync();
        await Expect(Field).ToBeEmptyAsync();
        await Expect(Result).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Nothing_pasted_is_a_mistake_beside_the_field()
    {
        await OpenAsync();

        await Find.ClickAsync();

        await Expect(Field).ToBeFocusedAsync();
        await Expect(Field).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(Page.Locator(".field-error")).ToContainTextAsync("Paste a connection string or an error message");
    }

    [Theory]
    [InlineData(10_000, false)]
    [InlineData(10_001, true)]
    [InlineData(200_000, true)]
    public async Task A_long_text_is_read_to_its_limit_which_is_said(int length, bool isSaid)
    {
        await OpenAsync();
        const string Message = "FATAL: query_wait_timeout\n";

        await DiagnoseAsync(Message + new string('€', length - Message.Length));

        await Expect(Findings.First).ToHaveTextAsync("The client waited too long for a free server connection of the pool");
        await Expect(Page.GetByText("Only the first 10,000 characters were read.")).ToHaveCountAsync(isSaid ? 1 : 0);
    }

    [Fact]
    public async Task Without_a_mouse_and_without_anything_to_paste()
    {
        await OpenAsync();
        await TabToAsync(Field);
        await Page.Keyboard.TypeAsync("Error: self-signed certificate in certificate chain");
        await TabToAsync(Find);
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Result).ToBeFocusedAsync();
        await TabToAsync(Page.Locator(".diagnosis-card summary").First);
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.Locator(".driver-changes").Filter(new() { HasText = "Rust (sqlx)" })).ToBeVisibleAsync();

        await TabToAsync(Page.GetByRole(AriaRole.Button, new() { Name = "Clear" }), backwards: true);
        await Page.Keyboard.PressAsync("Enter");
        await TabToAsync(Page.GetByRole(AriaRole.Button, new() { Name = "FATAL: query_wait_timeout" }));
        await Page.Keyboard.PressAsync("Enter");

        await Expect(Result).ToBeFocusedAsync();
        await Expect(Findings.First).ToHaveTextAsync("The client waited too long for a free server connection of the pool");
    }

    [Fact]
    public async Task A_password_never_leaves_the_browser()
    {
        Record(both: true);
        await OpenAsync();
        string[] texts =
        [
            $"postgresql://app:{Canary}@{Host}:25061/payments-app?sslmode=require",
            $"postgresql://app:a/{Canary}@b#{Canary} c@{Host}:25061/payments-app",
            $"Host={Host};Port=25061;Database=payments-app;Username=app;Password=\"{Canary};{Canary}\";SSL Mode=Require",
            $"host={Host} port=25061 dbname=payments-app user=app password='{Canary} \\' {Canary}'",
            $"jdbc:postgresql://{Host}:25061/payments-app?user=app&password={Canary}",
            $"PGPASSWORD='{Canary}' psql -h {Host} -p 25061 -U app payments-app",
            $"DATABASE_URL=postgres://app:{Canary}@{Host}:25061/payments-app\nDB_PASSWORD={Canary}",
            $"Unhandled exception. Npgsql.PostgresException: 28P01: password authentication failed for user \"app\"\n   Password={Canary}\n AVNS_{Canary}",
        ];
        foreach (var text in texts)
        {
            await DiagnoseAsync(text);
            (await Field.InputValueAsync()).ShouldNotContain(Canary);
            await Page.EvaluateAsync("() => document.getElementById('result').blur()");
        }

        await NowhereAsync("frame sent", "frame received");
    }

    // Not what the browser can recognise: then it is sent, and the server lets nothing of it out or stay.
    [Fact]
    public async Task What_the_browser_does_not_recognise_stays_nowhere_on_the_server()
    {
        Record(both: false);
        await OpenAsync();

        await DiagnoseAsync($"my secret word is {Canary}, and it does not work");
        await Expect(Result).ToHaveTextAsync("This is not known here");
        await DiagnoseAsync($"FATAL: query_wait_timeout {Canary}");
        await Expect(Findings.First).ToHaveTextAsync("The client waited too long for a free server connection of the pool");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Clear" }).ClickAsync();
        await Expect(Field).ToBeEmptyAsync();

        await NowhereAsync("frame received");
    }

    [Fact]
    public async Task The_browser_cuts_what_the_server_would_cut()
    {
        await OpenAsync();
        string[] texts =
        [
            .. Hostile().Select(password => $"postgresql://app:{password}@db.example:25061/p?sslmode=require"),
            .. Hostile().Select(password => $"postgresql://app:{Uri.EscapeDataString(password)}@db.example/p"),
            .. Hostile().Select(password => $"Host=h;Password=\"{password.Replace("\"", "\"\"", StringComparison.Ordinal)}\";Database=p"),
            .. Hostile().Select(password => $"Host=h;Password={password};Database=p\nhost=h password='{password}' dbname=p"),
            .. Hostile().Select(password => $"PGPASSWORD='{password.Replace("'", "'\\''", StringComparison.Ordinal)}' psql\n'PASSWORD': '{password}', 'HOST': 'h'"),
            .. Hostile().Select(password => JsonSerializer.Serialize(new { Default = $"Host=h;Password=\"{password}\";Database=p" })),
            .. Hostile().Select(password => $"jdbc:postgresql://h:25061/p?user=app&password={password}&sslmode=require app:{password}@h.example"),
            "new PDO(\"pgsql:host=h;port=1;dbname=p\", \"app\", \"s3cr3t\")", "my AVNS_s3cr3t-Canary_1 and dop_v1_s3cr3t0123 Bearer abcdefghij", "", "password=\"\"",
        ];

        var cut = await Page.EvaluateAsync<string[]>("async texts => { const { cut } = await import('/js/diagnose.js'); return texts.map(cut); }", texts);

        cut.ShouldBe(texts.Select(PasswordCut.Cut));
    }

    private static IEnumerable<string> Hostile()
    {
        const string Trouble = "'\"\\`$ %@:/#?&=;{}[]()<>|!~^*,.+-_\tabcXYZ019äß€";
        var random = new Random(20261125);
        return [.. Enumerable.Range(0, 150).Select(_ => new string([.. Enumerable.Range(0, random.Next(1, 24)).Select(_ => Trouble[random.Next(Trouble.Length)])]))];
    }

    private async Task OpenAsync()
    {
        await SignInAsync("developer", "/diagnose");
        await ReadyAsync();
        await Expect(Find).ToBeEnabledAsync();
    }

    private async Task DiagnoseAsync(string text)
    {
        await Field.FillAsync(text);
        await Find.ClickAsync();
        await Expect(Result).ToBeFocusedAsync();
    }

    private async Task TabToAsync(ILocator target, bool backwards = false)
    {
        for (var step = 0; step < 60; step++)
        {
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                return;
            }

            await Page.Keyboard.PressAsync(backwards ? "Shift+Tab" : "Tab");
        }

        throw new TimeoutException($"The Tab key does not reach {target}.");
    }

    private void Record(bool both) => Page.WebSocket += (_, socket) =>
    {
        socket.FrameReceived += (_, frame) => _written.Enqueue(("frame received", frame.Text ?? Encoding.UTF8.GetString(frame.Binary ?? [])));
        if (both)
        {
            socket.FrameSent += (_, frame) => _written.Enqueue(("frame sent", frame.Text ?? Encoding.UTF8.GetString(frame.Binary ?? [])));
        }
    };

    private async Task NowhereAsync(params string[] kinds)
    {
        foreach (var kind in kinds)
        {
            _written.ShouldContain(written => written.Where == kind);
        }

        _written.Enqueue(("the page", await Page.ContentAsync()));
        _written.Enqueue(("the storage of the browser", await Page.EvaluateAsync<string>("() => JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + JSON.stringify(history.state) + location.href")));
        await Page.Context.CloseAsync();
        _written.Enqueue(("the log", Stage.Log.Read()));
        _written.ShouldContain(written => written.Where == "the log" && written.Text.Contains("Received hub invocation", StringComparison.Ordinal));
        foreach (var path in Directory.EnumerateFiles(Stage.Database.Folder, "portal.db*"))
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(file, Encoding.Latin1);
            _written.Enqueue((Path.GetFileName(path), await reader.ReadToEndAsync(TestContext.Current.CancellationToken)));
        }

        await using var db = await Stage.Portal.Of<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        (await db.Set<Draft>().CountAsync(TestContext.Current.CancellationToken)).ShouldBe(0);
        foreach (var (where, text) in _written)
        {
            text.Contains(Canary, StringComparison.Ordinal).ShouldBeFalse(where);
        }
    }
}
