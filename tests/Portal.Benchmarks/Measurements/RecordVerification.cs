using System.Globalization;
using System.Text.RegularExpressions;
using Portal.Audit;
using Portal.Benchmarks.Results;
using Portal.Benchmarks.Stage;
using Portal.Storage;

namespace Portal.Benchmarks.Measurements;

/// <summary>How fast <c>audit verify</c> goes through a record of 400,000 rows.</summary>
internal sealed partial class RecordVerification : IMeasurement
{
    private const int Batch = 10_000;

    public IReadOnlyList<string> Ids => ["P10"];

    public async Task<IReadOnlyList<Row>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        var count = bench.IsQuick ? 100_000 : 400_000;
        var sandbox = await bench.SandboxAsync(cancellationToken);
        var rows = new List<Row>();
        foreach (var database in new[] { Bench.Sqlite(bench.Folder), await bench.PostgreSqlAsync(cancellationToken) })
        {
            await CommandAsync(sandbox, database, "database", "migrate", cancellationToken);
            await FillAsync(database, count, cancellationToken);
            var speeds = new List<double>();
            for (var round = 0; round < (bench.IsQuick ? 2 : 5); round++)
            {
                speeds.Add(Speed(await CommandAsync(sandbox, database, "audit", "verify", cancellationToken), count));
            }

            rows.Add(new Row
            {
                Id = "P10",
                Figure = string.Create(CultureInfo.InvariantCulture, $"audit verify of {count:N0} rows, {database.Provider}"),
                Unit = Unit.RowsPerSecond,
                Portal = new Samples(speeds),
                Target = Target.AtLeast(200_000),
            });
        }

        return rows;
    }

    private static async Task<string> CommandAsync(SandboxService sandbox, PortalDatabase database, string command, string part, CancellationToken cancellationToken)
    {
        // The environment is named for the run as a whole: a command knows only settings of the portal.
        var settings = Bench.Settings(sandbox, database).Where(setting => !setting.StartsWith("--environment", StringComparison.Ordinal));
        var environment = new Dictionary<string, string> { ["DOTNET_ENVIRONMENT"] = "Sandbox" };
        var (code, output) = await Programs.RunAsync("dotnet", [Programs.Portal, command, part, .. settings], cancellationToken, environment);
        return code == 0 ? output : throw new InvalidOperationException($"{command} {part} ended with {code}: {output}");
    }

    /// <summary>Rows as changes leave them, chained by the portal's own arithmetic.</summary>
    private static async Task FillAsync(PortalDatabase database, int count, CancellationToken cancellationToken)
    {
        var provider = Enum.Parse<DatabaseProvider>(database.Provider);
        var last = (Sequence: 0L, Hash: AuditChain.Nothing);
        var moment = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        while (last.Sequence < count)
        {
            await using var db = PortalDbContexts.Create(provider, database.ConnectionString);
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            for (var index = 0; index < Batch; index++)
            {
                moment = moment.AddSeconds(7);
                var row = AuditChain.Next(last, Entry(last.Sequence), moment);
                last = (row.Sequence, row.Hash);
                db.Add(row);
            }

            await db.SaveChangesAsync(cancellationToken);
        }
    }

    private static AuditEntry Entry(long number) => new(number % 2 == 0 ? AuditAction.Sent : AuditAction.Answered)
    {
        Actor = new AuditActor($"https://login.example.com|{number % 200:x8}", $"Person {number % 200}"),
        ChangeId = number / 6,
        ClusterId = Bench.OrdersProd,
        Pool = $"checkout-{number % 1000}",
        Details = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["database"] = "checkout",
            ["mode"] = "transaction",
            ["size"] = (number % 40).ToString(CultureInfo.InvariantCulture),
            ["user"] = "app",
        },
    };

    private static double Speed(string output, int count) => Whole().Match(output) is { Success: true } found && Number(found.Groups["rows"].Value) is var rows && rows >= count
        ? rows / Number(found.Groups["seconds"].Value)
        : throw new InvalidOperationException($"The record was not verified as a whole: {output}");

    private static double Number(string text) => double.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<rows>[\d,]+) rows in (?<seconds>[\d.,]+) s\.", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Whole();
}
