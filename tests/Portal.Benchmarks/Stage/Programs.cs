using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Portal.Benchmarks.Stage;

/// <summary>Where things are on this machine, and programs that run to their end.</summary>
internal static class Programs
{
    private static readonly HashSet<int> Given = [];

    /// <summary>The top of the repository.</summary>
    public static string Top { get; } = FindTop();

    public static string Artifacts { get; } = Path.Combine(Top, "artifacts", "bench");

    public static string Portal => Path.Combine(Artifacts, "portal", "Portal.dll");

    public static string Sandbox => Output("Portal.Sandbox");

    public static string Probe => Output("Portal.Benchmarks.Probe");

    public static string Template => Path.Combine(Artifacts, "template", "published", "Template.dll");

    public static string Chromium => Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named
        ? named
        : new[] { "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome" }.Select(Find).OfType<string>().FirstOrDefault() ?? "chromium";

    public static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/usr/local/sbin:/opt/homebrew/bin")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    /// <summary>A port of the loopback that nobody listens on, and that was not given out before.</summary>
    public static int FreePort()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var port = ((IPEndPoint)listener.LocalEndpoint).Port;
            lock (Given)
            {
                if (Given.Add(port))
                {
                    return port;
                }
            }
        }
    }

    /// <summary>Exit code and standard output; 127 when there is no such program.</summary>
    public static async Task<(int Code, string Output)> RunAsync(
        string program, IEnumerable<string> arguments, CancellationToken cancellationToken, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Top };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        try
        {
            using var process = Process.Start(start)!;
            try
            {
                var errors = process.StandardError.ReadToEndAsync(cancellationToken);
                var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
                await process.WaitForExitAsync(cancellationToken);
                return (process.ExitCode, process.ExitCode == 0 ? output : output + await errors);
            }
            finally
            {
                if (!process.HasExited)
                {
                    process.Kill();
                }
            }
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (127, "");
        }
    }

    public static async Task<string?> VersionAsync(string program, CancellationToken cancellationToken) =>
        await RunAsync(program, ["--version"], cancellationToken) is (0, var version) ? version.Trim() : null;

    private static string Output(string project) => Path.Combine(Top, "artifacts", "bin", project, "release", $"{project}.dll");

    private static string FindTop()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Portal.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds Portal.sln.");
        }

        return folder.FullName;
    }
}
