using Microsoft.EntityFrameworkCore;
using Portal.Changes;
using Portal.DigitalOcean;
using Portal.Sandbox;
using Portal.Storage;

namespace Portal.IntegrationTests.Changes.Reviews;

/// <summary>Changes that are put straight into the database, where what led to them does not matter.</summary>
internal static class SeededChange
{
    public static PoolChange New(string name, string team = "Payments", string requester = "developer", ChangeState state = ChangeState.WaitingForReview, bool urgent = false) => new()
    {
        FormId = Guid.NewGuid(),
        Kind = ChangeKind.Create,
        State = state,
        ClusterId = SandboxClusters.OrdersProd,
        ClusterName = "orders-prod",
        PoolName = name,
        Mode = PoolMode.Transaction,
        Size = 30,
        Database = "checkout",
        User = "app",
        Team = team,
        RequesterId = $"test|{requester}",
        RequesterName = requester,
        Reason = "a test",
        Decision = "30 is more than the 19 that are given at once on orders-prod",
        IsUrgent = urgent,
        RequestedAt = DateTimeOffset.UnixEpoch.AddYears(80),
        ChangedAt = DateTimeOffset.UnixEpoch.AddYears(80),
    };

    public static async Task KeepAsync(IDbContextFactory<PortalDbContext> contexts, params IEnumerable<PoolChange> changes)
    {
        await using var db = await contexts.CreateDbContextAsync(TestContext.Current.CancellationToken);
        db.AddRange(changes);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }
}
