using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Portal.Access;
using Portal.Benchmarks.Circuits;
using Portal.Benchmarks.Results;
using Portal.Benchmarks.Stage;
using Portal.Changes;
using Portal.DigitalOcean;
using Portal.Vaults;

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
        // What the start of a portal does: without this key nobody has a session.
        await portal.Services.GetRequiredService<KeyEncryptionKeys>().LookAsync(cancellationToken);
        var person = await PersonAsync(sandbox, "developer", cancellationToken);
        var session = await portal.Services.GetRequiredService<Sessions>()
            .BeginAsync(new SignedIn { Person = person, IdToken = "", Nonce = $"bench-{Guid.NewGuid():N}" }, cancellationToken);
        var requests = portal.Services.GetRequiredService<ChangeRequests>();
        var made = new List<long>();
        for (var number = 0; number < count; number++)
        {
            var answer = await requests.SubmitAsync(
                session,
                new CreatePool
                {
                    FormId = Guid.NewGuid(),
                    Team = "Payments",
                    ClusterId = Bench.OrdersProd,
                    Name = FormattableString.Invariant($"notify-{number:000}"),
                    Mode = PoolMode.Transaction,
                    Size = "30",
                    Database = "checkout",
                    User = "app",
                    Reason = "To see how fast it is heard of",
                },
                cancellationToken);
            made.Add(answer.TryGet(out var change, out var refusal)
                ? change.Id
                : throw new InvalidOperationException($"Not asked for: {string.Join("; ", refusal.Mistakes.Select(mistake => mistake.Message).Append(refusal.Message))}"));
        }

        return made;
    }

    /// <summary>Whom a sign-in by the sandbox makes of an account.</summary>
    private static async Task<Person> PersonAsync(SandboxService sandbox, string account, CancellationToken cancellationToken)
    {
        var directory = await sandbox.SendAsync(HttpMethod.Get, "/sandbox/accounts", body: null, cancellationToken);
        var found = directory.GetProperty("accounts").EnumerateArray().Single(one => one.GetProperty("name").GetString() == account);
        return new Person(
            $"{directory.GetProperty("issuer").GetString()}|{found.GetProperty("subject").GetString()}",
            found.GetProperty("displayName").GetString()!,
            new HashSet<Role> { Role.Developer },
            found.GetProperty("groups").EnumerateArray().Select(group => group.GetString()!).ToHashSet(StringComparer.Ordinal));
    }
}
