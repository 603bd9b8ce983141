using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Portal.Access;
using Portal.Changes;
using Portal.Changes.Notices;
using Portal.IntegrationTests.Changes;
using Portal.IntegrationTests.Connections;
using Portal.IntegrationTests.Sandbox;
using Portal.Operations.Telemetry;
using Portal.Sandbox.Control;
using Portal.Storage;

namespace Portal.IntegrationTests.Operations;

/// <summary>The figures of the admin page and of the metrics, beside what happened. No telemetry is on: the page needs none.</summary>
public abstract class FiguresTests(SandboxFixture? server) : ChangeScene(server)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Changes_are_counted_by_state_with_the_age_of_the_oldest()
    {
        var developer = await _portal.SignInDeveloperAsync();
        var first = await _portal.SubmitAsync(developer, Request("first-app", "30"));
        await _portal.SubmitAsync(developer, Request("second-app", "31"));
        await _portal.CreateAsync(developer, Request("third-app"));
        var hourAgo = DateTimeOffset.UtcNow - TimeSpan.FromHours(3);
        await WriteAsync(db => db.Set<PoolChange>().Where(change => change.Id == first.Id).ExecuteUpdateAsync(row => row.SetProperty(x => x.RequestedAt, hourAgo), Stop));

        var figures = await ReadAsync("Changes");

        figures["Waiting for review"].ShouldBe("2, the oldest for 3 hours");
        figures["Waiting for their turn"].ShouldBe("none");
        var measured = Measure();
        measured["pool_portal.changes state=waiting_for_review"].ShouldBe(2);
        measured["pool_portal.changes state=approved"].ShouldBe(0);
        measured["pool_portal.changes.oldest_age state=waiting_for_review"].ShouldBeInRange(3 * 3600, (3 * 3600) + 300);
        measured["pool_portal.changes.oldest_age state=approved"].ShouldBe(0);
        measured.Keys.ShouldNotContain("pool_portal.changes state=done", "what is finished grows for ever");
    }

    [Fact]
    public async Task What_was_decided_is_as_old_as_its_decision()
    {
        await RestartSealedAsync();
        var waiting = await CreateAsync(until: now => now is { State: ChangeState.Approved, Happened: not null });
        var (asked, decided) = (DateTimeOffset.UtcNow - TimeSpan.FromDays(3), DateTimeOffset.UtcNow - TimeSpan.FromMinutes(10));
        await WriteAsync(db => db.Set<PoolChange>().Where(change => change.Id == waiting.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(x => x.RequestedAt, asked).SetProperty(x => x.DecidedAt, decided), Stop));

        (await ReadAsync("Changes"))["Waiting for their turn"].ShouldBe("1, the oldest for 10 minutes");
    }

    [Fact]
    public async Task Notices_that_do_not_arrive_are_told_apart()
    {
        await WriteAsync(db =>
        {
            db.AddRange(Some(1), Some(2), Some(3, given: DateTimeOffset.UtcNow), Some(4, delivered: DateTimeOffset.UtcNow));
            return Task.CompletedTask;
        });

        (await ReadAsync("Changes"))["Undelivered notices"].ShouldBe("3, of them 1 given up");
        var measured = Measure();
        measured["pool_portal.notices.undelivered state=waiting"].ShouldBe(2);
        measured["pool_portal.notices.undelivered state=given_up"].ShouldBe(1);

        static Notice Some(long sequence, DateTimeOffset? given = null, DateTimeOffset? delivered = null) => new()
        {
            Sequence = sequence,
            Kind = "done",
            Body = "{}",
            CreatedAt = DateTimeOffset.UtcNow,
            GivenUpAt = given,
            DeliveredAt = delivered,
        };
    }

    [Fact]
    public async Task Calls_are_counted_by_what_came_of_them()
    {
        var before = Measure();
        Fault(HttpMethod.Post, Pools, FaultKind.Throttle, delayMs: 1);

        (await CreateAsync()).State.ShouldBe(ChangeState.Done);

        var after = Measure();
        Rise("pool_portal.api.calls method=POST outcome=ok").ShouldBe(1);
        Rise("pool_portal.api.calls method=POST outcome=throttled").ShouldBe(1);
        after["pool_portal.api.quota.remaining window=hour"].ShouldBeLessThan(before["pool_portal.api.quota.remaining window=hour"]);
        after["pool_portal.inventory.pools"].ShouldBeGreaterThan(0);

        double Rise(string series) => after[series] - before.GetValueOrDefault(series);
    }

    [Fact]
    public async Task Connections_that_were_handed_out_and_refusals_are_counted()
    {
        await CreateAsync();
        using var browser = await ConnectionsWorld.Browser.OpenAsync(_portal, await _portal.SignInDeveloperAsync());
        using var stranger = await ConnectionsWorld.Browser.OpenAsync(_portal, await _portal.SignInAsync("other", Role.Developer, "orders"));

        await browser.TextAsync("checkout-app", ("purpose", "copied"));
        await browser.TextAsync("checkout-app", ("purpose", "shown"));
        using var refused = await stranger.AskAsync("checkout-app");

        refused.IsSuccessStatusCode.ShouldBeFalse();
        var measured = Measure();
        measured["pool_portal.connections.handed_out purpose=copied use=pool"].ShouldBe(1);
        measured["pool_portal.connections.handed_out purpose=shown use=pool"].ShouldBe(1);
        measured["pool_portal.connections.handed_out purpose=downloaded use=pool"].ShouldBe(0);
        measured["pool_portal.connections.refused reason=not_allowed"].ShouldBe(1);
        measured["pool_portal.refusals action=action refused"].ShouldBe(1);
        var figures = await ReadAsync("Connections");
        (figures["Copied"], figures["Shown"], figures["Not handed out"]).ShouldBe(("1", "1", "1"));
    }

    private protected async Task<Dictionary<string, string>> ReadAsync(string about)
    {
        var room = _portal.Of<IEnumerable<IRoomFigures>>().Single(room => room.About == about);
        await room.ReadAsync(Stop);
        return room.Now().ToDictionary(figure => figure.Name, figure => figure.Value, StringComparer.Ordinal);
    }

    /// <summary>Every series of this portal, and of no other in the process.</summary>
    private Dictionary<string, double> Measure()
    {
        _ = _portal.Of<IEnumerable<IRoomFigures>>();
        var measured = new ConcurrentDictionary<string, double>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Scope == _portal.Of<IMeterFactory>() && instrument.Meter.Name.StartsWith("Portal.", StringComparison.Ordinal))
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, labels, _) => measured[Series(instrument, labels)] = value);
        listener.SetMeasurementEventCallback<long>((instrument, value, labels, _) => measured[Series(instrument, labels)] = value);
        listener.SetMeasurementEventCallback<double>((instrument, value, labels, _) => measured[Series(instrument, labels)] = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return new Dictionary<string, double>(measured, StringComparer.Ordinal);
    }

    private static string Series(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> labels) =>
        string.Join(' ', [instrument.Name, .. labels.ToArray().OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={label.Value}")]);

    private Task WriteAsync(Func<PortalDbContext, Task> work) => _portal.Of<Database>().WriteAsync((db, _) => work(db), Stop);
}

public sealed class FiguresOnSqliteTests() : FiguresTests(server: null)
{
    [Fact]
    public async Task A_database_that_cannot_be_read_is_said_and_not_measured()
    {
        await WriteOverAsync();

        var figures = await ReadAsync("Changes");

        figures["Changes"].ShouldBe("the database cannot be read");
    }

    private async Task WriteOverAsync()
    {
        await using var db = await _portal.Of<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        await db.Database.ExecuteSqlRawAsync("ALTER TABLE notices RENAME TO elsewhere");
    }
}

public sealed class FiguresOnPostgreSqlTests(SandboxFixture server) : FiguresTests(server);
