using Microsoft.Extensions.Options;
using Portal.Storage;

namespace Portal.Audit;

/// <summary><c>dotnet Portal.dll audit …</c>: what an auditor or an operator does with the record from a command line.</summary>
internal sealed class RecordCommand(CommandOptions options, Func<string[], IServiceProvider> portal, TextWriter output)
{
    private const int Whole = 0;
    private const int NotWhole = 1;
    private const int NotChecked = 2;

    private const string Usage =
        """
        usage: dotnet Portal.dll audit verify [--export FILE]... [--heads FILE] [--key PUBLIC.pem]...
               dotnet Portal.dll audit remove --through ROW --out FILE

        verify  Checks the record. With --export it needs nothing but the files, which may be several that follow from each other;
                without, it reads the configured database. --heads is the file of heads that the portal wrote outside of the database,
                --key the public key whose signatures count.
        remove  Writes old rows of the configured database into a signed file and removes them, up to the last checkpoint at or before ROW.

        Settings of the portal can be given as --Section:Key=value.
        Ends with 0 when the record is whole, 1 when it is not, 2 when it could not be checked.
        """;

    public static bool IsWanted(IReadOnlyList<string> arguments) => arguments is ["audit", ..];

    /// <param name="portal">The services of a portal with these settings, which is not started.</param>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, Func<string[], IServiceProvider> portal, TextWriter output, TextWriter error)
    {
        if (CommandOptions.Read(arguments) is not { } options)
        {
            await error.WriteLineAsync(Usage);
            return NotChecked;
        }

        try
        {
            var command = new RecordCommand(options, portal, output);
            return await (options.Verb is "remove" ? command.RemoveAsync() : options.Exports.Count > 0 ? command.VerifyFilesAsync() : command.VerifyDatabaseAsync());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException or OptionsValidationException || Database.IsTrouble(exception))
        {
            await error.WriteLineAsync($"Not checked: {exception.Message}");
            return NotChecked;
        }
    }

    private async Task<int> VerifyFilesAsync()
    {
        var began = TimeProvider.System.GetTimestamp();
        var heads = await HeadsAsync(options.Heads);
        var check = new RecordFileCheck(heads, await KeysAsync());
        foreach (var path in options.Exports)
        {
            await using var file = File.OpenRead(path);
            await check.ReadAsync(file, CancellationToken.None);
        }

        var whose = (options.Keys.Count, check.OwnKey) switch
        {
            ( > 0, _) => null,
            (_, { } own) => $"The only key is the file's own, {own.ShortId}. It proves whose record it is when it is the portal's: give that as --key.",
            _ => "The file is not signed: it could have been made anew as a whole.",
        };
        var report = check.Report();
        var later = report.IsWhole && heads.Keys.LastOrDefault() is var last && last > report.Last
            ? $"The record goes on to row {last}, as the heads say: the file was made before that."
            : null;
        return await SayAsync(report, [whose, later], TimeProvider.System.GetElapsedTime(began));
    }

    private async Task<int> VerifyDatabaseAsync()
    {
        var services = Services();
        var began = TimeProvider.System.GetTimestamp();
        var table = services.GetRequiredService<RecordTable>();
        var configured = services.GetRequiredService<IOptions<AuditOptions>>().Value.Heads.File;
        var heads = await HeadsAsync(options.Heads ?? (File.Exists(configured) ? configured : null));
        var keys = await KeysAsync();
        if (keys.Count == 0 && (await services.GetRequiredService<ISigningKeySource>().GetAsync(CancellationToken.None)).TryGet(out var key, out _))
        {
            keys = [key.Public];
        }

        var (first, before) = await table.BeginningAsync(CancellationToken.None);
        var verifier = new RecordVerifier(first, before, sequence => heads.GetValueOrDefault(sequence)?.Hash, keys) { IsStrict = options.Keys.Count > 0 };
        await table.VerifyAsync(verifier, await table.LastAsync(CancellationToken.None), isBeginning: true, CancellationToken.None);
        return await SayAsync(verifier.Report(heads.Count == 0 ? 0 : heads.Keys.Last()), [], TimeProvider.System.GetElapsedTime(began));
    }

    private async Task<int> RemoveAsync()
    {
        var by = new AuditActor($"command|{Environment.UserName}", Environment.UserName);
        var answer = await Services().GetRequiredService<RecordRemovals>().RemoveAsync(options.Through!.Value, options.Out!, by, CancellationToken.None);
        if (!answer.TryGet(out var removal, out var why))
        {
            await output.WriteLineAsync(why);
            return NotWhole;
        }

        await output.WriteLineAsync($"Rows up to {removal.Through} are in {options.Out} and no longer in the database. Keep the file: SHA-256 {removal.FileHash}.");
        return Whole;
    }

    private async Task<int> SayAsync(RecordReport report, IReadOnlyList<string?> notes, TimeSpan took)
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

    private IServiceProvider Services() => portal(["--Logging:LogLevel:Default=None", .. options.Settings]);

    private static async Task<SortedDictionary<long, RecordHead>> HeadsAsync(string? path) =>
        path is null ? [] : await RecordHead.ReadFileAsync(path, CancellationToken.None);

    private async Task<IReadOnlyList<RecordKey>> KeysAsync()
    {
        var keys = new List<RecordKey>();
        foreach (var path in options.Keys)
        {
            keys.Add(RecordKey.TryRead(await File.ReadAllTextAsync(path)) ?? throw new FormatException($"{path} is no public key on P-256 in PEM."));
        }

        return keys;
    }
}
