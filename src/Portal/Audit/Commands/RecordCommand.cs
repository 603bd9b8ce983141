using Microsoft.Extensions.Options;

namespace Portal.Audit;

/// <summary>What an auditor or an operator does with the record from a command line.</summary>
/// <param name="portal">The services of a portal that is not started.</param>
internal sealed class RecordCommand(IServiceProvider portal, TextWriter output)
{
    private const int Whole = 0;
    private const int NotWhole = 1;

    /// <summary>Checks files that were taken away from the record, which may be several that follow from each other. Needs no portal.</summary>
    /// <param name="headsFile">The file of heads that the portal wrote outside of the database.</param>
    /// <param name="keyFiles">The public keys whose signatures count.</param>
    public static async Task<int> VerifyFilesAsync(TextWriter output, IReadOnlyList<string> exports, string? headsFile, IReadOnlyList<string> keyFiles)
    {
        var began = TimeProvider.System.GetTimestamp();
        var heads = await HeadsAsync(headsFile);
        var check = new RecordFileCheck(heads, await KeysAsync(keyFiles));
        foreach (var path in exports)
        {
            await using var file = File.OpenRead(path);
            await check.ReadAsync(file, CancellationToken.None);
        }

        var whose = (keyFiles.Count, check.OwnKey) switch
        {
            ( > 0, _) => null,
            (_, { } own) => $"The only key is the file's own, {own.ShortId}. It proves whose record it is when it is the portal's: give that as --key.",
            _ => "The file is not signed: it could have been made anew as a whole.",
        };
        var report = check.Report();
        var later = report.IsWhole && heads.Keys.LastOrDefault() is var last && last > report.Last
            ? $"The record goes on to row {last}, as the heads say: the file was made before that."
            : null;
        return await SayAsync(output, report, [whose, later], TimeProvider.System.GetElapsedTime(began));
    }

    /// <summary>Checks the record in the configured database.</summary>
    public async Task<int> VerifyDatabaseAsync(string? headsFile, IReadOnlyList<string> keyFiles)
    {
        var began = TimeProvider.System.GetTimestamp();
        var table = portal.GetRequiredService<RecordTable>();
        var configured = portal.GetRequiredService<IOptions<AuditOptions>>().Value.Heads.File;
        var heads = await HeadsAsync(headsFile ?? (File.Exists(configured) ? configured : null));
        var keys = await KeysAsync(keyFiles);
        if (keys.Count == 0 && (await portal.GetRequiredService<ISigningKeySource>().GetAsync(CancellationToken.None)).TryGet(out var key, out _))
        {
            keys = [key.Public];
        }

        var (first, before) = await table.BeginningAsync(CancellationToken.None);
        var verifier = new RecordVerifier(first, before, sequence => heads.GetValueOrDefault(sequence)?.Hash, keys) { IsStrict = keyFiles.Count > 0 };
        await table.VerifyAsync(verifier, await table.LastAsync(CancellationToken.None), isBeginning: true, CancellationToken.None);
        return await SayAsync(output, verifier.Report(heads.Count == 0 ? 0 : heads.Keys.Last()), [], TimeProvider.System.GetElapsedTime(began));
    }

    /// <summary>Writes old rows into a signed file and removes them, up to the last checkpoint at or before a row.</summary>
    public async Task<int> RemoveAsync(long through, string file)
    {
        var answer = await portal.GetRequiredService<RecordRemovals>().RemoveAsync(through, file, AuditActor.CommandLine(), CancellationToken.None);
        if (!answer.TryGet(out var removal, out var why))
        {
            await output.WriteLineAsync(why);
            return NotWhole;
        }

        await output.WriteLineAsync($"Rows up to {removal.Through} are in {file} and no longer in the database. Keep the file: SHA-256 {removal.FileHash}.");
        return Whole;
    }

    private static async Task<int> SayAsync(TextWriter output, RecordReport report, IReadOnlyList<string?> notes, TimeSpan took)
    {
        var what = report.Rows == 0 ? "No rows" : report.IsPart ? $"{report.Rows} rows of a search, the last {report.Last}" : RecordReport.Range(report.First, report.Last);
        await output.WriteLineAsync(report.IsWhole
            ? $"{what}: {(report.IsPart ? "none was changed. A search leaves rows out, so that none can be missed." : "whole.")}"
            : $"{what}: NOT whole, first at row {report.FirstFinding!.Row}.");
        foreach (var finding in report.Findings)
        {
            await output.WriteLineAsync($"  {finding.Words}");
        }

        if (report.FindingCount > report.Findings.Count)
        {
            await output.WriteLineAsync($"  and {report.FindingCount - report.Findings.Count} more.");
        }

        await output.WriteLineAsync(report.ProvedBy is { } by ? $"Proved up to row {report.ProvedThrough}, by {by}." : "Nothing outside of the rows speaks for them.");
        foreach (var line in notes.Prepend(report.NotProved).OfType<string>())
        {
            await output.WriteLineAsync(line);
        }

        await output.WriteLineAsync($"Checkpoints: {report.Checkpoints} with a good signature{(report.UncheckedCheckpoints == 0 ? "" : $", {report.UncheckedCheckpoints} not checked for want of their key")}.");
        await output.WriteLineAsync(FormattableString.Invariant($"{report.Rows:N0} rows in {took.TotalSeconds:N2} s."));
        return report.IsWhole ? Whole : NotWhole;
    }

    private static async Task<SortedDictionary<long, RecordHead>> HeadsAsync(string? path) =>
        path is null ? [] : await RecordHead.ReadFileAsync(path, CancellationToken.None);

    private static async Task<IReadOnlyList<RecordKey>> KeysAsync(IReadOnlyList<string> files)
    {
        var keys = new List<RecordKey>();
        foreach (var path in files)
        {
            keys.Add(RecordKey.TryRead(await File.ReadAllTextAsync(path)) ?? throw new FormatException($"{path} is no public key on P-256 in PEM."));
        }

        return keys;
    }
}
