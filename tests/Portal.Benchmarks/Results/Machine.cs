using System.Globalization;
using System.Runtime.InteropServices;

namespace Portal.Benchmarks.Results;

/// <summary>What the figures were measured on.</summary>
internal sealed record Machine(DateTimeOffset At, int Cores, string Processor, double MemoryGiB, string System, string Runtime, string Chromium, string Commit, double LoadBefore)
{
    public IReadOnlyList<string> Lines =>
    [
        string.Create(CultureInfo.InvariantCulture, $"{Cores} cores ({Processor}), {MemoryGiB:0} GiB, {System}"),
        $"{Runtime}, {Chromium}, commit {Commit}",
        string.Create(CultureInfo.InvariantCulture, $"{At:yyyy-MM-dd HH:mm} UTC, load {LoadBefore:0.00} before the run{(LoadBefore > 0.5 ? ": something else ran too, so read the ratios, not the times" : "")}"),
    ];

    public static async Task<Machine> ReadAsync(DateTimeOffset now, CancellationToken cancellationToken) => new(
        now,
        Environment.ProcessorCount,
        await FieldAsync("/proc/cpuinfo", "model name", cancellationToken) ?? RuntimeInformation.ProcessArchitecture.ToString(),
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30),
        await FieldAsync("/etc/os-release", "PRETTY_NAME", cancellationToken) ?? RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        await Stage.Programs.VersionAsync(Stage.Programs.Chromium, cancellationToken) ?? "no Chromium",
        await CommitAsync(cancellationToken),
        File.Exists("/proc/loadavg") ? double.Parse((await File.ReadAllTextAsync("/proc/loadavg", cancellationToken)).Split(' ')[0], CultureInfo.InvariantCulture) : 0);

    private static async Task<string?> FieldAsync(string file, string name, CancellationToken cancellationToken) => !File.Exists(file) ? null
        : (await File.ReadAllLinesAsync(file, cancellationToken)).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':', '=')[^1].Trim(' ', '"', '\t');

    private static async Task<string> CommitAsync(CancellationToken cancellationToken)
    {
        var (code, commit) = await Stage.Programs.RunAsync("git", ["rev-parse", "--short", "HEAD"], cancellationToken);
        var (_, changed) = await Stage.Programs.RunAsync("git", ["status", "--porcelain"], cancellationToken);
        return code != 0 ? "unknown" : commit.Trim() + (changed.Trim().Length == 0 ? "" : " with changes that are not committed");
    }
}
