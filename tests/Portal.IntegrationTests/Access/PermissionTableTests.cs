using Portal.Access;
using Portal.Changes;
using Portal.Connections;
using Portal.Connections.Probing;
using Portal.DigitalOcean;
using Portal.IntegrationTests.Connections;
using Portal.Records;
using Portal.Reviews.LookAfter;
using Portal.Sandbox;
using static Portal.IntegrationTests.Door.Who;

namespace Portal.IntegrationTests.Door;

/// <summary>The table of docs/security.md cell by cell, asked where the work is done: who is not named by a row is refused.</summary>
/// <remarks>The admin and the auditor are in the groups of the team Payments too: a role that is missing is not made up for by a group.</remarks>
public sealed class PermissionTableTests(PermissionWorld world) : IClassFixture<PermissionWorld>
{
    private static readonly Guid Cluster = SandboxClusters.OrdersProd;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, Who[]> Rows => new()
    {
        { "create", [Developer, Lead] },
        { "resize", [Developer, Lead] },
        { "edit", [Developer, Lead] },
        { "delete", [Developer, Lead] },
        { "put back what somebody changed elsewhere", [Developer, Lead] },
        { "test", [Developer, Lead] },
        { "show the connection", [Developer, Lead] },
        { "show the direct connection", [Developer, Lead] },
        { "show the connection of a drifted pool", [Developer, Lead] },
        { "show the connection of an unmanaged pool", [Admin] },
        { "test an unmanaged pool", [Admin] },
        { "adopt", [Lead, Admin] },
        { "take over what somebody changed elsewhere", [Lead, Admin] },
        { "reset a password", [Lead] },
        { "approve", [Lead] },
        { "approve with a smaller size", [Lead] },
        { "decline", [Lead] },
        { "look after", [Lead] },
        { "see what is to be looked after", [Lead, OtherLead, Admin] },
        { "see sessions", [Admin, Auditor] },
        { "end a session", [Admin] },
        { "see freezes", [Admin, Auditor] },
        { "freeze", [Admin] },
        { "search the record", [Admin, Auditor] },
        { "verify the record", [Admin, Auditor] },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_service_lets_do_it_who_may_and_nobody_else(string action, Who[] may)
    {
        var did = new List<Who>();
        foreach (var who in Enum.GetValues<Who>())
        {
            if (await IsLetAsync(action, world.Of(who)))
            {
                did.Add(who);
            }
        }

        did.ShouldBe(may);
    }

    [Theory]
    [InlineData("/", Developer, Lead, OtherDeveloper, OtherLead, Admin, Auditor)]
    [InlineData("/changes", Developer, Lead, OtherDeveloper, OtherLead, Admin, Auditor)]
    [InlineData("/diagnose", Developer, Lead, OtherDeveloper, OtherLead, Admin, Auditor)]
    [InlineData("/sign-ins", Developer, Lead, OtherDeveloper, OtherLead, Admin, Auditor)]
    [InlineData("/pools.csv", Developer, Lead, OtherDeveloper, OtherLead, Admin, Auditor)]
    [InlineData("/reviews", Lead, OtherLead, Admin)]
    [InlineData("/look-after", Lead, OtherLead, Admin)]
    [InlineData("/audit", Admin, Auditor)]
    [InlineData("/audit/export.csv", Admin, Auditor)]
    [InlineData("/audit/export.jsonl", Admin, Auditor)]
    [InlineData("/audit/access.csv", Admin, Auditor)]
    [InlineData("/admin", Admin, Auditor)]
    public async Task An_address_opens_for_who_may_and_for_nobody_else(string address, params Who[] may)
    {
        var opened = new List<Who>();
        foreach (var who in Enum.GetValues<Who>().Where(who => who is not Gone))
        {
            using var browser = await ConnectionsWorld.Browser.OpenAsync(world.Portal, world.Of(who));
            using var answer = await browser.Http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, Stop);
            if ((int)answer.StatusCode is 200)
            {
                opened.Add(who);
            }
        }

        opened.ShouldBe(may);
    }

    private async Task<bool> IsLetAsync(string action, SessionKey session) => action switch
    {
        "create" => IsTaken(await Requests.CheckAsync(session, PermissionWorld.Request("another", "2"), Stop)),
        "resize" => IsTaken(await CheckAsync(session, ChangeKind.Resize, PermissionWorld.Ours, asked => asked with { Size = "4" })),
        "edit" => IsTaken(await CheckAsync(session, ChangeKind.Edit, PermissionWorld.Ours, asked => asked with { Mode = PoolMode.Session })),
        "delete" => IsTaken(await CheckAsync(session, ChangeKind.Delete, PermissionWorld.Ours)),
        "put back what somebody changed elsewhere" => IsTaken(await CheckAsync(session, ChangeKind.Edit, PermissionWorld.Drifted, asked => asked with { Size = "2" })),
        "adopt" => IsTaken(await CheckAsync(session, ChangeKind.Adopt, PermissionWorld.Unmanaged, asked => asked with { Team = "Payments" })),
        "take over what somebody changed elsewhere" => IsTaken(await CheckAsync(session, ChangeKind.Adopt, PermissionWorld.Drifted)),
        "reset a password" => IsTaken(await CheckAsync(session, ChangeKind.ResetPassword, PermissionWorld.Ours, asked => asked with { Confirmation = "app" })),
        "test" => await IsTestedAsync(session, PermissionWorld.Ours),
        "test an unmanaged pool" => await IsTestedAsync(session, PermissionWorld.Unmanaged),
        "show the connection" => await IsShownAsync(session, PermissionWorld.Ours),
        "show the direct connection" => await IsShownAsync(session, PermissionWorld.Ours, ConnectionUse.Direct),
        "show the connection of a drifted pool" => await IsShownAsync(session, PermissionWorld.Drifted),
        "show the connection of an unmanaged pool" => await IsShownAsync(session, PermissionWorld.Unmanaged),

        // What is missing in the form is found only for those who may decide at all, so that nothing is decided here.
        "approve" => HasMistake(await Reviews.ApproveAsync(session, world.Waiting, new string('x', 501), Stop)),
        "approve with a smaller size" => HasMistake(await Reviews.ApproveSmallerAsync(session, world.Waiting, "nothing", note: null, Stop)),
        "decline" => HasMistake(await Reviews.DeclineAsync(session, world.Waiting, reason: null, Stop)),
        "freeze" => (await Of<FreezeDesk>().FreezeAsync(session, new FreezeRequest(null, Words: null, Until: null), Stop)).Match(_ => true, not => not.Mistakes.Count > 0),

        "look after" => (await Of<PoolCare>().KeepAsync(session, [new PoolKey(Cluster, PermissionWorld.Ours)], Stop))
            .Match(outcomes => outcomes.Pools.All(pool => pool.Result is CareResult.Done), _ => false),
        "see what is to be looked after" => (await Of<CareList>().ReadAsync(session, new CareQuery(), Stop)).Match(_ => true, _ => false),
        "see sessions" => (await Of<SessionDesk>().ListAsync(session, search: null, 1, Stop)).Match(_ => true, _ => false),
        "end a session" => (await Of<SessionDesk>().EndAllAsync(session, "test|nobody", Stop)).Match(_ => true, _ => false),
        "see freezes" => (await Of<FreezeDesk>().ListAsync(session, Stop)).Match(_ => true, _ => false),
        "search the record" => (await Of<RecordDesk>().SearchAsync(session, new RecordQuery(), Stop)).Match(_ => true, _ => false),
        "verify the record" => (await Of<RecordDesk>().VerifyAsync(session, Stop)).Match(_ => true, _ => false),
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, null),
    };

    private ChangeRequests Requests => Of<ChangeRequests>();

    private ChangeReviews Reviews => Of<ChangeReviews>();

    private T Of<T>()
        where T : notnull => world.Portal.Of<T>();

    private async Task<Result<CheckedChange, NotTaken>> CheckAsync(
        SessionKey session, ChangeKind kind, string pool, Func<ExistingPoolRequest, ExistingPoolRequest>? adjust = null)
    {
        var before = pool is PermissionWorld.Drifted ? PermissionWorld.Fields with { Size = 3 } : PermissionWorld.Fields;
        var asked = new ExistingPoolRequest { FormId = Guid.NewGuid(), Kind = kind, ClusterId = Cluster, PoolName = pool, Before = before, Confirmation = pool, Reason = "a test" };
        return await Requests.CheckAsync(session, adjust is null ? asked : adjust(asked), Stop);
    }

    private async Task<bool> IsShownAsync(SessionKey session, string pool, ConnectionUse use = ConnectionUse.Pool)
    {
        var request = new ConnectionRequest(
            Cluster, pool, "uri", new ConnectionWay(use, ConnectionServer.Primary, Network.Public), Verify: false, ConnectAs: null, ConnectionPurpose.Shown);
        return (await Of<ConnectionDesk>().HandOutAsync(session, request, Stop)).TryGet(out _, out _);
    }

    // A sandbox without processes lets nobody connect, which a test then reports.
    private async Task<bool> IsTestedAsync(SessionKey session, string pool) =>
        (await Of<PoolTests>().TestAsync(session, Cluster, pool, connectAs: null, Stop)).TryGet(out _, out _);

    private static bool IsTaken(Result<CheckedChange, NotTaken> answer) => answer.TryGet(out _, out _);

    private static bool HasMistake(NotTaken? answer) => answer is { Mistakes.Count: > 0 };
}
