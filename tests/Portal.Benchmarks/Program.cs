using System.Diagnostics;
using System.Runtime.InteropServices;
using Portal.Benchmarks;
using Portal.Benchmarks.Measurements;
using Portal.Benchmarks.Results;
using Portal.Benchmarks.Stage;

const int WrongUsage = 64; // EX_USAGE of sysexits.h

IReadOnlyList<IMeasurement> measurements =
[
    new FirstVisit(),
    new CircuitMemory(),
    new CircuitCount(),
    new CreateAndConnect(),
    new LargeList(),
    new Freshness(),
    new Restarted(),
    new RecordVerification(),
    new Vitals(),
    new StartToReady(),
    new Replicas(),
    new OtherPortalHears(),
    new Failover(),
    new Peers(),
    new ListGrowth(),
];

if (args is ["--help" or "-h", ..])
{
    await Console.Out.WriteLineAsync(Options.Usage);
    return 0;
}

var figures = measurements.SelectMany(measurement => measurement.Ids).Distinct().ToList();
if (Options.Read(args, figures, out var fault) is not { } options)
{
    await Console.Error.WriteLineAsync($"{Options.Usage}\n\n{fault}");
    return WrongUsage;
}

using var ended = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
using var hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, End);

try
{
    var machine = await Machine.ReadAsync(TimeProvider.System.GetUtcNow(), ended.Token);
    var outcomes = await MeasureAsync(ended.Token);
    string[] lines = ["", "Pool Portal, benchmarks", .. machine.Lines, .. options.IsQuick ? ["Quick run: see that it works, do not quote it."] : Array.Empty<string>(), "", .. Table.Lines(outcomes)];
    await Console.Out.WriteLineAsync(string.Join('\n', lines));
    await ResultFiles.WriteJsonAsync(Path.Combine(Programs.Artifacts, "results.json"), machine, outcomes, ended.Token);
    if (options.IsWritten)
    {
        await ResultFiles.WritePageAsync(Path.Combine(Programs.Top, "docs", "benchmarks.md"), machine, outcomes, ended.Token);
    }

    return 0;
}
catch (OperationCanceledException) when (ended.IsCancellationRequested)
{
    return 130;
}

void End(PosixSignalContext context)
{
    context.Cancel = true;
    ended.Cancel();
}

// Each measurement has a stage of its own: what one leaves behind is not measured by the next.
async Task<IReadOnlyList<Outcome>> MeasureAsync(CancellationToken cancellationToken)
{
    var outcomes = new List<Outcome>();
    foreach (var measurement in measurements.Where(one => options.Only.Count == 0 || one.Ids.Intersect(options.Only).Any()))
    {
        var name = string.Join(", ", measurement.Ids);
        await Console.Error.WriteLineAsync($"{name}…");
        var began = Stopwatch.GetTimestamp();
        try
        {
            await using var bench = new Bench(options);
            var rows = await measurement.MeasureAsync(bench, cancellationToken);
            outcomes.Add(new Outcome(name, [.. rows.Where(row => options.Only.Count == 0 || options.Only.Contains(row.Id))], Stopwatch.GetElapsedTime(began)));
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // The others go on; the table names it.
            outcomes.Add(new Outcome(name, [], Stopwatch.GetElapsedTime(began), $"{exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")}"));
        }
    }

    return outcomes;
}
