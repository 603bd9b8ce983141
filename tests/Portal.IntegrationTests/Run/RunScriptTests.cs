using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;
using System.Text.RegularExpressions;
using Portal.IntegrationTests.Door;
using Portal.Sandbox.Clusters;

namespace Portal.IntegrationTests.Run;

/// <summary>run.sh, as a person starts and ends it. Linux only: it looks for what is left in /proc.</summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class RunScriptTests : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(40);

    // Whatever the script starts has this folder in its environment (TMPDIR) or, where the environment is emptied, in its arguments.
    // Open to all, like /tmp: the clusters run as another user than root.
    private readonly string _folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"run-{Guid.NewGuid():N}"[..12])).FullName;
    private readonly int _portalPort = FreePorts.Next();
    private readonly int _sandboxPort = FreePorts.Next();
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    public RunScriptTests() => File.SetUnixFileMode(_folder, (UnixFileMode)Convert.ToInt32("1777", 8));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    [InlineData("HUP", 129)]
    public async Task It_serves_until_it_is_ended_and_leaves_nothing(string signal, int exitCode)
    {
        SkipUnlessLinux();
        using var script = Start();
        await HasSaidAsync(script, "Ctrl+C ends both.");

        _output.ToString().ShouldContain(string.Create(CultureInfo.InvariantCulture, $"Portal: http://localhost:{_portalPort}\n"));
        using (var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }))
        {
            using var answer = await client.GetAsync(new Uri($"http://localhost:{_portalPort}/"), TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
            answer.Headers.Location!.ToString().ShouldStartWith("/sign-in?");
        }

        Processes().Count.ShouldBeGreaterThan(2);
        Folders().ShouldNotBeEmpty();
        await SendAsync(signal, script.Id);

        await EndsAsync(script, exitCode);
        Processes().ShouldBeEmpty();
        Folders().ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_page_shows_something_in_the_first_minute()
    {
        SkipUnlessLinux();
        using var script = Start();
        await HasSaidAsync(script, "Ctrl+C ends both.");
        using var browser = new Browser(new Uri($"http://localhost:{_portalPort}"));
        using (await browser.OpenAsync(await browser.AskProviderAsync("developer")))
        {
        }

        // A row of the list, by the name of its pool: one that changed behind the portal's back, two made outside of it, those of both teams.
        await ShowsAsync(browser, "/", "payments-app", "drift");
        await ShowsAsync(browser, "/", "legacy-etl", "unmanaged");
        await ShowsAsync(browser, "/", "bi-tools", "unmanaged");
        await ShowsAsync(browser, "/", "storefront", "Payments");
        await ShowsAsync(browser, "/", "order-intake", "Orders");
        await ShowsAsync(browser, "/changes", "black-friday", "waiting for review");

        // Only who asked for it may withdraw it: so the one who signs in is the one who asked.
        var change = RowOf(await ReadAsync(browser, "/changes"), "black-friday")!;
        var address = ChangeAddress().Match(change).Groups["address"].Value;
        (await ReadAsync(browser, address)).ShouldContain(">Withdraw<");

        using var other = new Browser(browser.Portal);
        using (await other.OpenAsync(await other.AskProviderAsync("developer2")))
        {
        }

        (await ReadAsync(other, address)).ShouldNotContain(">Withdraw<");
        using var lead = new Browser(browser.Portal);
        using (await lead.OpenAsync(await lead.AskProviderAsync("lead")))
        {
        }

        await ShowsAsync(lead, "/look-after", "gift-cards", "no owner");
        await ShowsAsync(lead, "/look-after", "load-test", "end date came");
        await ShowsAsync(lead, "/look-after?show=flags", "payments-app", "over policy");
        await SendAsync("TERM", script.Id);
        await EndsAsync(script, exitCode: 143);
    }

    [Fact]
    public async Task When_the_portal_dies_everything_ends_and_its_log_says_why()
    {
        SkipUnlessLinux();
        using var script = Start();
        await HasSaidAsync(script, "Ctrl+C ends both.");

        await SendAsync("KILL", Processes().Single(process => process.CommandLine.Contains("Portal.dll", StringComparison.Ordinal)).Id);

        await EndsAsync(script, exitCode: 1);
        _errors.ToString().ShouldContain("The portal ended.");
        _errors.ToString().ShouldContain("Now listening on");
        Processes().ShouldBeEmpty();
        Folders().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("PORTAL_PORT")]
    [InlineData("SANDBOX_PORT")]
    public async Task A_port_that_is_taken_is_said_with_the_variable_that_moves_it(string variable)
    {
        SkipUnlessLinux();
        using var other = new TcpListener(IPAddress.Loopback, variable is "PORTAL_PORT" ? _portalPort : _sandboxPort);
        other.Start();

        using var script = Start();

        await EndsAsync(script, exitCode: 1);
        _errors.ToString().ShouldContain(string.Create(CultureInfo.InvariantCulture, $"Port {((IPEndPoint)other.LocalEndpoint).Port} is taken. Choose another one: {variable}="));
        Processes().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--clusters", "5001", "--clusters wants a number from 0 to 5000.")]
    [InlineData("--clusters", "many", "--clusters wants a number from 0 to 5000.")]
    [InlineData("--surprise", "", "Unknown option: --surprise")]
    public async Task A_wrong_option_is_refused_before_anything_is_started(string option, string value, string message)
    {
        SkipUnlessLinux();
        using var script = Start([option, .. value.Length > 0 ? [value] : Array.Empty<string>()]);

        await EndsAsync(script, exitCode: 64);
        _errors.ToString().ShouldContain(message);
    }

    private static Task ShowsAsync(Browser browser, string page, string pool, string words) => Eventually.BecomesTrueAsync(
        $"{page} shows {pool} with the words \"{words}\"",
        async () => RowOf(await ReadAsync(browser, page), pool)?.Contains(words, StringComparison.OrdinalIgnoreCase) is true,
        Soon);

    private static async Task<string> ReadAsync(Browser browser, string page)
    {
        using var response = await browser.OpenAsync(page);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static string? RowOf(string html, string pool) => html.Split("<tr").FirstOrDefault(row => row.Contains($">{pool}<", StringComparison.Ordinal))?.Split("</tr>")[0];

    [GeneratedRegex("href=\"(?<address>changes/[0-9]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ChangeAddress();

    private static void SkipUnlessLinux() => Assert.SkipUnless(OperatingSystem.IsLinux(), "Looks for processes in /proc.");

    private static async Task SendAsync(string signal, int process)
    {
        using var kill = Process.Start("kill", ["-s", signal, process.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        kill.ExitCode.ShouldBe(0);
    }

    private Process Start(params string[] arguments)
    {
        // Under nohup, or in the background of a script, these signals are ignored, and a shell cannot trap what was ignored when it began.
        var start = new ProcessStartInfo("env", ["--default-signal=INT,HUP,TERM", Path.Combine(Repository.Top, "run.sh"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TMPDIR"] = _folder;
        start.Environment["PORTAL_PORT"] = _portalPort.ToString(CultureInfo.InvariantCulture);
        start.Environment["SANDBOX_PORT"] = _sandboxPort.ToString(CultureInfo.InvariantCulture);
        var script = Process.Start(start)!;
        script.OutputDataReceived += (_, line) => Add(_output, line.Data);
        script.ErrorDataReceived += (_, line) => Add(_errors, line.Data);
        script.BeginOutputReadLine();
        script.BeginErrorReadLine();
        return script;
    }

    private static void Add(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            lock (text)
            {
                text.Append(line).Append('\n');
            }
        }
    }

    private async Task HasSaidAsync(Process script, string words)
    {
        await Eventually.BecomesTrueAsync($"run.sh says \"{words}\"", HasSaidOrEnded, Longest);
        script.HasExited.ShouldBeFalse(_errors.ToString());

        bool HasSaidOrEnded()
        {
            lock (_output)
            {
                return script.HasExited || _output.ToString().Contains(words, StringComparison.Ordinal);
            }
        }
    }

    private async Task EndsAsync(Process script, int exitCode)
    {
        await Eventually.BecomesTrueAsync("run.sh has ended", () => script.HasExited, Soon);
        await script.WaitForExitAsync(TestContext.Current.CancellationToken); // Until its output has been read.
        script.ExitCode.ShouldBe(exitCode, _errors.ToString());
    }

    private string[] Folders() => Directory.GetDirectories(_folder, "pool-*");

    private List<(int Id, string CommandLine)> Processes() =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Where(process => int.TryParse(Path.GetFileName(process), CultureInfo.InvariantCulture, out _))
            .Where(process => Read(process, "environ").Contains(_folder, StringComparison.Ordinal) || Read(process, "cmdline").Contains(_folder, StringComparison.Ordinal))
            .Select(process => (int.Parse(Path.GetFileName(process), CultureInfo.InvariantCulture), Read(process, "cmdline").Replace('\0', ' '))),
    ];

    private static string Read(string process, string what)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, what));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ""; // Ended meanwhile, or somebody else's.
        }
    }
}
