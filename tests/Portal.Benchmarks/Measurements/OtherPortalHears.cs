using System.Diagnostics;
using Portal.Benchmarks.Circuits;
using Portal.Benchmarks.Results;
using Portal.Benchmarks.Stage;

namespace Portal.Benchmarks.Measurements;

/// <summary>Somebody withdraws a change at one portal: until the page of it at another portal is drawn anew.</summary>
internal sealed class OtherPortalHears : IMeasurement
{
    /// <summary>The word that both pages show then, and not before.</summary>
    private const string Shown = "withdrawn";

    private static readonly Aim Withdraw = Aim.Button("Withdraw");

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public IReadOnlyList<string> Ids => ["notify"];

    public async Task<IReadOnlyList<Row>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        var sandbox = await bench.SandboxAsync(cancellationToken);
        var database = await bench.PostgreSqlAsync(cancellationToken);
        var here = await bench.PortalAsync(sandbox, database, place: 0, cancellationToken);
        var there = await bench.PortalAsync(sandbox, database, place: 1, cancellationToken);
        var (actor, watcher) = (await Guests.SignInAsync(here, "developer", cancellationToken), await Guests.SignInAsync(there, "developer", cancellationToken));
        await Guests.ListIsFullAsync(actor, cancellationToken);
        var changes = await AskAsync(sandbox, database, bench.IsQuick ? 12 : 60, cancellationToken);

        var (near, far) = (new List<double>(), new List<double>());
        foreach (var (change, index) in changes.Select((change, index) => (change, index)))
        {
            var page = FormattableString.Invariant($"/changes/{change}");
            await using var acting = await Circuit.OpenAsync(actor, page, Withdraw, cancellationToken);
            await using var watching = await Circuit.OpenAsync(watcher, page, Withdraw, cancellationToken);
            var (seenHere, seenThere) = (acting.WatchFor(Shown), watching.WatchFor(Shown));
            var clicked = Stopwatch.GetTimestamp();
            await acting.ClickAsync(_ => { }, cancellationToken);
            var (tookHere, tookThere) = (await TookAsync(seenHere, clicked), await TookAsync(seenThere, clicked));
            // The first few find code that was never run.
            if (index >= 2)
            {
                near.Add(tookHere);
                far.Add(tookThere);
            }
        }

        var row = new Row
        {
            Id = "notify",
            Figure = "a change withdrawn at one portal, until drawn at the other",
            Unit = Unit.Milliseconds,
            Portal = new Samples(far),
            Yardstick = new Samples(near),
            YardstickName = "at the same portal",
            Target = Target.AtMost(100),
        };
        return [row, row with { Percentile = 95, Target = null }];

        async Task<double> TookAsync(Task<long> seen, long since) =>
            Stopwatch.GetElapsedTime(since, await seen.WaitAsync(Patience, cancellationToken)).TotalMilliseconds;
    }

    /// <summary>Requests that wait for a lead, asked for by the portal's own services on the same database.</summary>
    private static async Task<IReadOnlyList<long>> AskAsync(SandboxService sandbox, PortalDatabase database, int count, CancellationToken cancellationToken)
    {
        await using var portal = PortalApp.BuildServices(
            [$"--contentRoot={Programs.Top}", .. Bench.Settings(sandbox, database, "--Logging:LogLevel:Default=None")]);
        var asker = await Asker.AtAsync(portal, sandbox, cancellationToken);
        var made = new List<long>();
        for (var number = 0; number < count; number++)
        {
            made.Add(await asker.AskAsync(FormattableString.Invariant($"notify-{number:000}"), size: 30, cancellationToken));
        }

        return made;
    }
}
