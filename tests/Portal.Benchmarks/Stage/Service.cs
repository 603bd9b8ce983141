using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Portal.Benchmarks.Stage;

/// <summary>A program that answers on a port of this machine, as a process of its own.</summary>
internal sealed class Service : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>How exactly a start is seen: a small part of what it takes. To ask more often takes time from what is measured.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    private readonly Process _process;
    private readonly TextWriter _log;
    private readonly string _logFile;
    private readonly long _began;
    private readonly HttpClient _client;

    private Service(Process process, TextWriter log, string logFile, long began, Uri address)
    {
        (_process, _log, _logFile, _began, Address) = (process, log, logFile, began, address);
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = address };
    }

    public Uri Address { get; }

    /// <summary>Time that the processors spent on it.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <param name="name">Of its log.</param>
    /// <param name="assembly">Runs in its own folder, where its settings and what it serves are.</param>
    public static Service Start(string name, string assembly, Uri address, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        if (!File.Exists(assembly))
        {
            throw new InvalidOperationException($"{Path.GetRelativePath(Programs.Top, assembly)} is not there. ./bench.sh builds it.");
        }

        var start = new ProcessStartInfo("dotnet", [assembly, .. arguments]) { WorkingDirectory = Path.GetDirectoryName(assembly) };
        foreach (var (variable, value) in environment)
        {
            start.Environment[variable] = value;
        }

        return Start(name, start, address);
    }

    public static Service Start(string name, string program, Uri address, IEnumerable<string> arguments) => Start(name, new ProcessStartInfo(program, arguments), address);

    private static Service Start(string name, ProcessStartInfo start, Uri address)
    {
        (start.UseShellExecute, start.RedirectStandardOutput, start.RedirectStandardError) = (false, true, true);
        Directory.CreateDirectory(Programs.Artifacts);
        var logFile = Path.Combine(Programs.Artifacts, $"{name}.log");
        var log = TextWriter.Synchronized(new StreamWriter(logFile, append: false));
        var began = Stopwatch.GetTimestamp();
        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => log.WriteLine(line.Data);
        process.ErrorDataReceived += (_, line) => log.WriteLine(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new Service(process, log, logFile, began, address);
    }

    /// <summary>Waits until it answers 200 there.</summary>
    /// <returns>Since its process was started.</returns>
    public async Task<TimeSpan> ReadyAsync(string path, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Step);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            var elapsed = Stopwatch.GetElapsedTime(_began);
            if (_process.HasExited || elapsed > Patience)
            {
                throw new InvalidOperationException($"{(_process.HasExited ? "It ended" : "It was not ready")} after {elapsed.TotalSeconds:0} s: {Path.GetRelativePath(Programs.Top, _logFile)} says why.");
            }

            try
            {
                using var answer = await _client.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
                if (answer.StatusCode is HttpStatusCode.OK)
                {
                    return Stopwatch.GetElapsedTime(_began);
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
        }

        throw new OperationCanceledException(cancellationToken);
    }

    /// <summary>Waits until somebody listens on that port of the loopback.</summary>
    public async Task ListensAsync(int port, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Step);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
                return;
            }
            catch (SocketException) when (!_process.HasExited && Stopwatch.GetElapsedTime(_began) < Patience)
            {
                // Not yet.
            }
        }
    }

    /// <summary>What it holds on to, after everything that it does not was collected.</summary>
    public async Task<Memory> MemoryAsync(CancellationToken cancellationToken)
    {
        using var answer = await _client.GetAsync(new Uri("bench/heap", UriKind.Relative), cancellationToken);
        answer.EnsureSuccessStatusCode();
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
        _process.Refresh();
        return new Memory(body.RootElement.GetProperty("heap").GetInt64(), _process.WorkingSet64);
    }

    /// <summary>SIGKILL: no handler runs.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>SIGTERM; what hangs after it is killed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await Programs.RunAsync("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)], CancellationToken.None);
            using var late = new CancellationTokenSource(TimeSpan.FromSeconds(40));
            try
            {
                await _process.WaitForExitAsync(late.Token);
            }
            catch (OperationCanceledException)
            {
                await KillAsync();
            }
        }

        _process.Dispose();
        _client.Dispose();
        await _log.DisposeAsync();
    }
}

/// <summary>In bytes: objects, and what the system has given the process.</summary>
internal sealed record Memory(long Heap, long Resident);
