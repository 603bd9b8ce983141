using System.Diagnostics;
using System.Globalization;
using Portal.Sandbox;

namespace Portal.Testing;

/// <summary>The portal as a process of its own, to be killed.</summary>
internal sealed class PortalProcess : IDisposable
{
    private readonly Process _process;
    private readonly StreamWriter? _log;
    private bool _isDisposed;

    private PortalProcess(Process process, StreamWriter? log)
    {
        _process = process;
        _log = log;
    }

    /// <summary>The program, as it was built beside the tests.</summary>
    public static string Assembly { get; } = Path.Combine(new DirectoryInfo(AppContext.BaseDirectory).Parent!.Parent!.FullName, "Portal", new DirectoryInfo(AppContext.BaseDirectory).Name, "Portal.dll");

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>Its standard input.</summary>
    public StreamWriter Input => _process.StandardInput;

    public static PortalProcess Start(SandboxHost sandbox, TestDatabase database, Action<Dictionary<string, string>>? adjust = null) =>
        Start(PortalHost.Arguments(sandbox, database, adjust), environment: null, logFile: null);

    /// <param name="arguments">Settings, or a command as <c>audit verify</c>.</param>
    /// <param name="environment">Variables besides those of the tests.</param>
    /// <param name="logFile">What it writes to its output is appended here; null for nowhere.</param>
    public static PortalProcess Start(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment, string? logFile)
    {
        var start = new ProcessStartInfo("dotnet", [Assembly, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        var log = logFile is null ? null : new StreamWriter(new FileStream(logFile, FileMode.Append, FileAccess.Write, FileShare.ReadWrite));
        process.OutputDataReceived += (_, line) => Keep(log, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(log, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new PortalProcess(process, log);
    }

    /// <summary>SIGKILL: no handler runs, nothing is written any more.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as an orchestrator sends it.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>The log has what was written so far.</summary>
    public void Flush()
    {
        if (_log is not null && !_isDisposed)
        {
            lock (_log)
            {
                _log.Flush();
            }
        }
    }

    public async Task WaitForExitAsync(TimeSpan deadline)
    {
        using var late = new CancellationTokenSource(deadline);
        await _process.WaitForExitAsync(late.Token);
    }

    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
        _log?.Dispose();
    }

    private static void Keep(StreamWriter? log, string? line)
    {
        if (log is not null && line is not null)
        {
            lock (log)
            {
                log.WriteLine(line);
            }
        }
    }
}
