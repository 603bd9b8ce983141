using Microsoft.Extensions.Options;
using Portal.Access;
using Portal.Audit;
using Portal.Changes;
using Portal.IntegrationTests.Changes;
using Portal.Sandbox;
using Portal.Sandbox.Control;
using Portal.Storage;

namespace Portal.IntegrationTests.Databases;

/// <summary>Something of everything that a portal keeps. Older databases were written by older forms of this: what is added here is in none of them.</summary>
internal static class ReleasedScene
{
    public const string Pool = "done-app";
    public const string Form = "new-pool";
    public const string FrozenFor = "The year is being closed.";

    private const string OnePool = "/v2/databases/*/pools/*";
    private const string Pools = "/v2/databases/*/pools";

    public static readonly HalfTyped Draft = new("checkout-half", "1");

    /// <summary>Each state, by the pool of its change.</summary>
    public static readonly IReadOnlyList<(string Pool, ChangeState State)> Changes =
    [
        (Pool, ChangeState.Done),
        ("expired-app", ChangeState.Expired),
        ("waiting-app", ChangeState.WaitingForReview),
        ("declined-app", ChangeState.Declined),
        ("withdrawn-app", ChangeState.Withdrawn),
        ("failed-app", ChangeState.Failed),
        ("conflict-app", ChangeState.Conflict),
        ("person-app", ChangeState.NeedsPerson),
        ("running-app", ChangeState.Running),
        ("unknown-app", ChangeState.Unknown),
        ("approved-app", ChangeState.Approved),
    ];

    public static void Adjust(Dictionary<string, string> settings)
    {
        settings["Audit:SigningKeyPath"] = "pool-portal/record";
        settings["Audit:VerifyEvery"] = "00:00:00.050";
        settings["Audit:CheckpointEveryRows"] = "20";
        settings["Changes:RetryAfter"] = "00:00:05";
        // Nobody is there, so that notices wait.
        settings["Notices:Url"] = "http://127.0.0.1:1/notices";
    }

    /// <returns>The public key of the record.</returns>
    public static async Task<string> PlayAsync(SandboxHost sandbox, PortalHost portal)
    {
        sandbox.WriteSecret("pool-portal/notices", new { secret = "signs notices" });
        await portal.ReadAsync(SandboxClusters.OrdersProd);
        var developer = await portal.SignInDeveloperAsync();
        var lead = await portal.SignInAsync("lead", Role.TeamLead, "payments-leads");
        var admin = await portal.SignInAsync("admin", Role.Admin);
        void Fault(HttpMethod method, string path, FaultKind kind, int times = 1, int? status = null, int? delayMs = null) =>
            sandbox.Faults.Add(new Fault { Method = method.Method, Path = path, Kind = kind, Times = times, Status = status, DelayMs = delayMs });
        Task<PoolChange> AskAsync(string pool, ChangeState until, string size = "2") => portal.CreateAsync(developer, ChangeScene.Request(pool, size), change => change.State == until);

        await AskAsync(Pool, ChangeState.Done);
        await ExpireAsync(portal, await AskAsync("expired-app", ChangeState.WaitingForReview, "30"));
        await AskAsync("waiting-app", ChangeState.WaitingForReview, "30");
        var declined = await AskAsync("declined-app", ChangeState.WaitingForReview, "30");
        (await portal.Of<ChangeReviews>().DeclineAsync(lead, declined.Id, "Ask for 12.", CancellationToken.None)).ShouldBeNull();
        var withdrawn = await AskAsync("withdrawn-app", ChangeState.WaitingForReview, "30");
        (await portal.Of<ChangeDecisions>().WithdrawAsync(developer, withdrawn.Id, CancellationToken.None)).ShouldBeNull();
        Fault(HttpMethod.Post, Pools, FaultKind.Status, status: 422);
        await AskAsync("failed-app", ChangeState.Failed);
        Fault(HttpMethod.Post, Pools, FaultKind.StatusAfterEffect, status: 422);
        await AskAsync("conflict-app", ChangeState.Conflict);
        Fault(HttpMethod.Post, Pools, FaultKind.DropBefore, times: 4);
        await AskAsync("person-app", ChangeState.NeedsPerson);
        (await portal.Of<Drafts>().TrySaveAsync("test|developer", Form, Draft, CancellationToken.None)).ShouldBeTrue();

        // The answer comes when the text has been written.
        Fault(HttpMethod.Post, Pools, FaultKind.Delay, delayMs: 20_000);
        await AskAsync("running-app", ChangeState.Running);
        await Eventually.BecomesTrueAsync("it is out", () => sandbox.Faults.Waiting.All(fault => fault.Kind is not FaultKind.Delay), TimeSpan.FromSeconds(30));
        Fault(HttpMethod.Post, Pools, FaultKind.DropBefore);
        Fault(HttpMethod.Get, OnePool, FaultKind.Status, times: 10_000, status: 500);
        await AskAsync("unknown-app", ChangeState.Unknown);
        var until = DateTimeOffset.UtcNow.AddHours(2).ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        (await portal.Of<FreezeDesk>().FreezeAsync(admin, new FreezeRequest(Cluster: null, FrozenFor, until), CancellationToken.None)).TryGet(out _, out var notFrozen).ShouldBeTrue($"{notFrozen}");
        await AskAsync("approved-app", ChangeState.Approved);

        await Eventually.BecomesTrueAsync("most rows are signed", () => portal.ReadAll<AuditCheckpoint>().Count > 1, TimeSpan.FromSeconds(30));
        foreach (var (pool, state) in Changes)
        {
            portal.ReadAll<PoolChange>().Single(change => change.PoolName == pool).State.ShouldBe(state, pool);
        }

        (await portal.Of<ISigningKeySource>().GetAsync(CancellationToken.None)).TryGet(out var key, out _).ShouldBeTrue();
        return key!.Public.Pem;
    }

    private static Task ExpireAsync(PortalHost portal, PoolChange change) => new ReviewDeadlines(
        portal.Of<Database>(), portal.Of<AuditLog>(), portal.Of<ChangeFeed>(), portal.Of<IOptions<ChangesOptions>>(), new ClockAt(change.RequestedAt.AddDays(7))).LookAsync(CancellationToken.None);

    /// <summary>What somebody has typed and not sent.</summary>
    internal sealed record HalfTyped(string Name, string Size);

    private sealed class ClockAt(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
