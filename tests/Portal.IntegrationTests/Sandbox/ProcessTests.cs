using System.Diagnostics;
using System.Globalization;
using System.Net;
using Portal.Sandbox;
using Portal.Sandbox.Clusters;

namespace Portal.IntegrationTests.Sandbox;

/// <summary>What was started is ended, however the sandbox ends.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ProcessTests : IDisposable
{
    private const int Kill = 9;
    private const int Terminate = 15;
    private const int HangUp = 1;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    // Open to all, like /tmp: the clusters run as another user than root.
    private readonly string _folder = Directory.CreateDirectory(
        Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()),
        (UnixFileMode)Convert.ToInt32("1777", 8)).FullName;

    public ProcessTests() => File.SetUnixFileMode(_folder, (UnixFileMode)Convert.ToInt32("1777", 8));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_sandbox_that_is_disposed_leaves_neither_a_process_nor_a_folder()
    {
        var sandbox = await SandboxHost.StartAsync(new SandboxOptions { DataFolder = _folder }, TestContext.Current.CancellationToken);
        sandbox.WhyNotLive.ShouldBeNull();
        Processes().ShouldNotBeEmpty();

        await sandbox.DisposeAsync();

        Processes().ShouldBeEmpty();
        Directory.EnumerateFileSystemEntries(_folder).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Terminate)]
    [InlineData(HangUp)]
    [InlineData(Kill)]
    public async Task A_sandbox_process_that_is_ended_takes_everything_with_it(int signal)
    {
        var port = FreePorts.Next();
        using var process = Start(port, ("Sandbox__DataFolder", _folder));
        await Eventually.BecomesTrueAsync("the sandbox is ready", () => IsReadyAsync(port), TimeSpan.FromSeconds(60));
        Processes().Count.ShouldBeGreaterThan(4);

        using var kill = System.Diagnostics.Process.Start("kill", ["-" + signal.ToString(CultureInfo.InvariantCulture), process.Id.ToString(CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        await Eventually.BecomesTrueAsync("no process is left", () => Processes().Count == 0, Soon);
        await Eventually.BecomesTrueAsync("no folder is left", () => !Directory.EnumerateFileSystemEntries(_folder).Any(), Soon);
        process.ExitCode.ShouldBe(signal == Kill ? 128 + Kill : 0);
    }

    [Fact]
    public async Task A_sandbox_that_is_killed_while_it_starts_leaves_nothing_either()
    {
        using var process = Start(FreePorts.Next(), ("Sandbox__DataFolder", _folder));
        await Eventually.BecomesTrueAsync("initdb runs", () => Processes().Count > 0, Soon);

        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        await Eventually.BecomesTrueAsync("no process is left", () => Processes().Count == 0, Soon);
        await Eventually.BecomesTrueAsync("no folder is left", () => !Directory.EnumerateFileSystemEntries(_folder).Any(), Soon);
    }

    [Fact]
    public async Task Without_the_programs_the_api_is_served_and_it_is_said_what_to_install()
    {
        await using var sandbox = await SandboxHost.StartAsync(new SandboxOptions { BinaryFolders = _folder }, TestContext.Current.CancellationToken);
        using var api = new SandboxApi(sandbox);

        sandbox.WhyNotLive.ShouldNotBeNull().ShouldStartWith("PostgreSQL and PgBouncer are not installed.");
        (await api.AddPoolAsync(SandboxClusters.OrdersProd, "of-words")).Status.ShouldBe(HttpStatusCode.Created);
        var status = (await api.GetAsync("/sandbox/")).Json;
        status.GetProperty("live").GetBoolean().ShouldBeFalse();
        status.GetProperty("whyNotLive").GetString().ShouldBe(sandbox.WhyNotLive);
    }

    [Theory]
    [InlineData("Sandbox__Clusters", "5001", "Sandbox:Clusters must be between 0 and 5000.")]
    [InlineData("Sandbox__Surprise", "1", "Surprise")]
    [InlineData("Sandbox__BindAddress", "0.0.0.0", "Sandbox:BindAddress may be 0.0.0.0 only in a container, with Sandbox:AdvertisedHost set.")]
    [InlineData("Sandbox__LedgerPath", "/nowhere/ledger", "Sandbox:LedgerPath cannot be written")]
    [InlineData("Sandbox__SecretIdFile", "/nowhere/secret", "Sandbox:SecretIdFile cannot be written")]
    [InlineData("Sandbox__ClientSecretFile", "/nowhere/secret", "Sandbox:ClientSecretFile cannot be read")]
    [InlineData("Sandbox__PoolPorts", "26000", "Sandbox:PoolPorts must be two ports")]
    [InlineData("SANDBOX_PORT", "many", "SANDBOX_PORT must be a port, not 'many'.")]
    public async Task A_wrong_setting_stops_the_start_with_a_message_that_names_it(string setting, string value, string message)
    {
        using var process = Start(FreePorts.Next(), (setting, value));

        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        process.ExitCode.ShouldBe(64);
        error.ShouldContain(message);
    }

    private static Process Start(int port, (string Name, string Value) setting)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Portal.Sandbox")) { UseShellExecute = false, RedirectStandardError = true };
        start.Environment["SANDBOX_PORT"] = port.ToString(CultureInfo.InvariantCulture);
        start.Environment[setting.Name] = setting.Value;
        return Process.Start(start)!;
    }

    private static async Task<bool> IsReadyAsync(int port)
    {
        try
        {
            using var client = new HttpClient();
            using var response = await client.GetAsync(new Uri($"http://127.0.0.1:{port}/sandbox/ready"), TestContext.Current.CancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>Processes whose command line names the folder: the keepers, the servers, the poolers. One that nobody has waited for yet has none.</summary>
    private List<string> Processes() =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Where(process => int.TryParse(Path.GetFileName(process), CultureInfo.InvariantCulture, out _))
            .Select(CommandLine)
            .Where(line => line.Contains(_folder, StringComparison.Ordinal)),
    ];

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (IOException)
        {
            return ""; // Ended meanwhile.
        }
    }
}
