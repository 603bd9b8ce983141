using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Portal.Access;
using Portal.Audit;
using Portal.Connections.Probing;
using Portal.IntegrationTests.Sandbox;
using Portal.Inventory;
using Portal.Reviews.LookAfter;
using Portal.Sandbox;
using Portal.Storage;

namespace Portal.IntegrationTests.Reviews;

[Trait("Database", "SQLite")]
public sealed class CareListOnSqliteTests() : CareListTests(server: null);

[Trait("Database", "PostgreSQL")]
public sealed class CareListOnPostgreSqlTests(SandboxFixture server) : CareListTests(server);

/// <summary>What a lead sees of the pools, and how much it costs.</summary>
public abstract class CareListTests(SandboxFixture? server) : CareScene(server)
{
    [Fact]
    public async Task A_lead_sees_the_pools_of_their_teams_and_what_nobody_manages_beside_them()
    {
        await MakeAsync("ours-app");
        await MakeAsync("theirs-app", "Orders");
        await InThePanelAsync("by-hand", 3, "checkout", "app");
        await InThePanelAsync("by-hand-too", 3);
        await _portal.ReadAsync(SandboxClusters.OrdersProd);

        var lead = await ListAsync(await LeadAsync());
        var admin = await ListAsync(await AsAsync("admin"));

        lead.Rows.Select(row => row.Pool.Name).ShouldBe(["ours-app", "by-hand", "by-hand-too"]);
        lead.IsLead.ShouldBeTrue();
        lead.Teams.ShouldBe(["Payments"]);
        Row(lead, "by-hand").ShouldSatisfyAllConditions(row => row.MayAdopt.ShouldBeTrue(), row => row.CanBeChosen.ShouldBeFalse());
        Row(lead, "by-hand-too").MayAdopt.ShouldBeFalse("Payments may not use its database");
        admin.Rows.Select(row => row.Pool.Name).ShouldContain("theirs-app");
        admin.IsLead.ShouldBeFalse();
        Row(admin, "ours-app").ShouldSatisfyAllConditions(row => row.MayCare.ShouldBeFalse(), row => row.MayHandOver.ShouldBeTrue());
    }

    [Fact]
    public async Task What_is_worth_knowing_stands_beside_each_pool()
    {
        await MakeAsync("quiet-app");
        await MakeAsync("large-app", size: 30);
        await MakeAsync("old-app", since: DateTimeOffset.UtcNow.AddDays(-91));
        await MakeAsync("left-app");
        await MakeAsync("ended-app");
        await MakeAsync("drifted-app");
        await ChangeInThePanelAsync(AsMade with { Size = 2 }, "drifted-app");
        await EditAsync("left-app", pool => (pool.OwnerId, pool.OwnerName) = ("test|gone", "Frida Former"));
        await EditAsync("ended-app", pool => pool.EndsAt = DateTimeOffset.UtcNow.AddDays(-1));
        await _portal.SignInDeveloperAsync();
        await _portal.ReadAsync(SandboxClusters.OrdersProd);

        var view = await ListAsync(await LeadAsync());

        Flags(view, "quiet-app").ShouldBeEmpty();
        Flags(view, "large-app").ShouldBe([CareFlagKind.OverPolicy]);
        Row(view, "large-app").Flags[0].Why!.ShouldContain("30 is more than the 19 that are given at once on orders-prod");
        Flags(view, "old-app").ShouldBe([CareFlagKind.LookDue]);
        Flags(view, "ended-app").ShouldBe([CareFlagKind.EndCame]);
        Flags(view, "drifted-app").ShouldBe([CareFlagKind.Drift]);
        Row(view, "left-app").Flags.ShouldBe([new CareFlag(CareFlagKind.NoOwner, "Frida Former has not signed in for 90 days.")]);
        view.Counts[CareShow.Due].ShouldBe(2);
        view.Counts[CareShow.Flags].ShouldBe(4);
        view.Counts[CareShow.All].ShouldBe(6);
        (await ListAsync(await LeadAsync(), new CareQuery())).Rows.Select(row => row.Pool.Name).ShouldBe(["old-app", "ended-app"], ignoreOrder: true);
    }

    [Fact]
    public async Task An_owner_who_is_not_in_the_team_any_more_is_said_so()
    {
        await MakeAsync("moved-app");
        await _portal.SignInAsync("developer", Role.Developer, "orders");

        var view = await ListAsync(await LeadAsync());

        Row(view, "moved-app").Flags.ShouldBe([new CareFlag(CareFlagKind.NoOwner, "developer is not in Payments any more.")]);
    }

    [Fact]
    public async Task Who_had_the_connection_last_and_how_much_was_in_use_are_shown_with_their_dates()
    {
        var pool = await MakeAsync("used-app");
        var seenAt = DateTimeOffset.UtcNow.AddHours(-2);
        await _portal.Of<LastTests>().KeepAsync(pool.ClusterId, pool.Name, new InUse(seenAt, 2, 1, 2) { Waiting = 4 }, Stop);
        foreach (var person in new[] { "first", "last" })
        {
            await HandOutAsync(pool.Name, person);
        }

        var row = Row(await ListAsync(await LeadAsync()), "used-app");

        row.LastCopied!.Person.ShouldBe("last");
        row.InUse!.InUse.ShouldBe(3);
        row.InUse.Waiting.ShouldBe(4);
        row.InUse.At.ShouldBe(seenAt, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task A_thousand_pools_cost_as_many_queries_as_one()
    {
        await MakeAsync("one-app");
        var lead = await LeadAsync();
        var few = await CountQueriesAsync(() => ListAsync(lead));
        await FillAsync(1000);

        var many = await CountQueriesAsync(() => ListAsync(lead, new CareQuery { Show = CareShow.All, Sort = CareSort.Copied, IsDescending = true, Page = 20 }));
        var page = await ListAsync(lead, new CareQuery { Show = CareShow.All, Sort = CareSort.Name, Page = 20 });
        var copied = await ListAsync(lead, new CareQuery { Show = CareShow.All, Sort = CareSort.Copied, IsDescending = true });
        var found = await ListAsync(lead, new CareQuery { Show = CareShow.All, Search = "many-0777" });

        many.ShouldBe(few + 1, "the order by the last copy is one more");
        (page.Total, page.Pages, page.Number, page.Rows.Count).ShouldBe((1001, 21, 20, 50));
        page.Rows[0].Pool.Name.ShouldBe("many-0950");
        copied.Rows[0].Pool.Name.ShouldBe("many-0500");
        found.Rows.ShouldHaveSingleItem();
        (await OutcomesAsync(Care.KeepAsync(lead, [.. page.Rows.Select(row => row.Key)], Stop))).ShouldAllBe(outcome => outcome.Result == CareResult.Done);
    }

    private async Task FillAsync(int count)
    {
        await _portal.Of<Database>().WriteAsync(
            (db, _) =>
            {
                for (var number = 0; number < count; number++)
                {
                    var name = $"many-{number:0000}";
                    db.Add(Managed(name, "Payments", 1, DateTimeOffset.UtcNow));
                    db.Add(new PoolRecord { ClusterId = SandboxClusters.OrdersProd, Name = name, ModeText = "transaction", Size = 1, Database = "checkout", User = "app", FirstSeenAt = DateTimeOffset.UtcNow });
                }

                return Task.CompletedTask;
            },
            Stop);
        await HandOutAsync("many-0500", "last");
        await _portal.Of<BoardKeeper>().LoadAsync(Stop);
    }

    private Task HandOutAsync(string pool, string person) => _portal.Of<AuditLog>().AppendAsync(
        new AuditEntry(AuditAction.ConnectionHandedOut)
        {
            Actor = new AuditActor($"test|{person}", person),
            ClusterId = SandboxClusters.OrdersProd,
            Pool = pool,
            Details = new Dictionary<string, string?> { ["user"] = "app" },
        },
        Stop);

    private Task EditAsync(string name, Action<ManagedPool> edit) => _portal.Of<Database>().WriteAsync(
        async (db, token) => edit(await db.Set<ManagedPool>().SingleAsync(pool => pool.Name == name, token)),
        Stop);

    private static CareRow Row(CareView view, string pool) => view.Rows.Single(row => row.Pool.Name == pool);

    private static IEnumerable<CareFlagKind> Flags(CareView view, string pool) => Row(view, pool).Flags.Select(flag => flag.Kind);

    /// <summary>Only those of this very flow: other tests, and the background of this portal, ask the database as well.</summary>
    private static async Task<int> CountQueriesAsync(Func<Task> work)
    {
        var flow = new AsyncLocal<bool> { Value = true };
        var count = 0;
        using var listening = DiagnosticListener.AllListeners.Subscribe(new Each<DiagnosticListener>(listener =>
        {
            if (listener.Name == DbLoggerCategory.Name)
            {
                listener.Subscribe(new Each<KeyValuePair<string, object?>>(said =>
                {
                    if (flow.Value && said.Key == RelationalEventId.CommandExecuting.Name)
                    {
                        Interlocked.Increment(ref count);
                    }
                }));
            }
        }));
        await work();
        flow.Value = false;
        return count;
    }

    private sealed class Each<T>(Action<T> act) : IObserver<T>
    {
        public void OnNext(T value) => act(value);

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
