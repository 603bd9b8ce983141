using Portal.Access;
using Portal.Audit;
using Portal.Changes;
using Portal.DigitalOcean;
using Portal.IntegrationTests.Changes;
using Portal.IntegrationTests.Sandbox;
using Portal.Inventory;
using Portal.Reviews.LookAfter;
using Portal.Sandbox;
using Portal.Storage;

namespace Portal.IntegrationTests.Reviews;

/// <summary>Pools of teams that stand at DigitalOcean, and the people who look after them.</summary>
public abstract class CareScene(SandboxFixture? server) : ExistingScene(server)
{
    private protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected PoolCare Care => _portal.Of<PoolCare>();

    private protected CareChanges Asking => _portal.Of<CareChanges>();

    private protected HandOver Handing => _portal.Of<HandOver>();

    private protected Task<SessionKey> AsAsync(string who) => who switch
    {
        "lead" => LeadAsync(),
        "lead of Orders" => _portal.SignInAsync("lead2", Role.TeamLead, "orders", "orders-leads"),
        "developer" => _portal.SignInDeveloperAsync(),
        "admin" => _portal.SignInAsync("admin", Role.Admin, "payments", "payments-leads"),
        _ => _portal.SignInAsync("auditor", Role.Auditor, "payments", "payments-leads"),
    };

    private protected static PoolKey Key(string pool) => new(SandboxClusters.OrdersProd, pool);

    /// <summary>A pool that stands at DigitalOcean and that the portal answers for.</summary>
    private protected async Task<PoolKey> MakeAsync(string name, string team = "Payments", int size = 5, DateTimeOffset? since = null)
    {
        await InThePanelAsync(name, size, "checkout", "app");
        await _portal.Of<Database>().WriteAsync(
            (db, _) =>
            {
                db.Add(Managed(name, team, size, since ?? DateTimeOffset.UtcNow));
                return Task.CompletedTask;
            },
            Stop);
        await _portal.ReadAsync(SandboxClusters.OrdersProd);
        return Key(name);
    }

    private protected static ManagedPool Managed(string name, string team, int size, DateTimeOffset since) => new()
    {
        ClusterId = SandboxClusters.OrdersProd,
        Name = name,
        Team = team,
        OwnerId = "test|developer",
        OwnerName = "developer",
        Mode = PoolMode.Transaction,
        Size = size,
        Database = "checkout",
        User = "app",
        ManagedSince = since,
        LastChangeId = 1,
        LastChangedAt = since,
    };

    private protected static ChosenPool Chosen(PoolKey pool, int size = 5) =>
        new(pool, "orders-prod", "Payments", AsMade with { Size = size }, Guid.NewGuid());

    /// <summary>Of this cluster alone: the others are read in the background, some time.</summary>
    private protected async Task<CareView> ListAsync(SessionKey session, CareQuery? query = null)
    {
        query ??= new CareQuery { Show = CareShow.All };
        var answer = await _portal.Of<CareList>().ReadAsync(session, query with { Search = query.Search ?? "orders-prod" }, Stop);
        answer.TryGet(out var view, out var refusal).ShouldBeTrue(refusal?.Message);
        return view!;
    }

    private protected static async Task<IReadOnlyList<CareOutcome>> OutcomesAsync(Task<Result<CareOutcomes, NotTaken>> answer)
    {
        (await answer).TryGet(out var done, out var notTaken).ShouldBeTrue(notTaken?.Message ?? notTaken?.Mistakes[0].Message);
        return done!.Pools;
    }

    private protected static async Task<NotTaken> NotTakenAsync(Task<Result<CareOutcomes, NotTaken>> answer)
    {
        (await answer).TryGet(out _, out var notTaken).ShouldBeFalse();
        return notTaken!;
    }

    private protected IReadOnlyList<AuditRow> Recorded(string action, string? pool = null) =>
        [.. _portal.Record.Where(row => row.Action == action && (pool is null || row.Pool == pool))];

    private protected IReadOnlyList<PoolChange> ChangesOf(string pool) => [.. _portal.ReadAll<PoolChange>().Where(change => change.PoolName == pool).OrderBy(change => change.Id)];
}
