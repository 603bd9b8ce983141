using Portal.Access;
using Portal.Changes;
using Portal.DigitalOcean;
using Portal.Sandbox;

namespace Portal.IntegrationTests.Door;

/// <summary>Who the table of rights is about.</summary>
public enum Who
{
    Developer,
    Lead,
    OtherDeveloper,
    OtherLead,
    Admin,
    Auditor,

    /// <summary>Somebody whose session has ended.</summary>
    Gone,
}

/// <summary>One pool of each kind on <c>orders-prod</c>, a request that waits, and somebody of each kind.</summary>
public sealed class PermissionWorld : IAsyncLifetime
{
    /// <summary>Of the team Payments.</summary>
    public const string Ours = "ours";

    /// <summary>Of Payments, and changed elsewhere since.</summary>
    public const string Drifted = "drifted";

    /// <summary>Made elsewhere, over what Payments may use.</summary>
    public const string Unmanaged = "unmanaged";

    internal static readonly PoolFields Fields = new(PoolMode.Transaction, 2, "checkout", "app");

    private readonly TestDatabase _database = TestDatabase.Sqlite();
    private readonly Dictionary<Who, SessionKey> _people = [];
    private SandboxHost _sandbox = null!;

    internal PortalHost Portal { get; private set; } = null!;

    /// <summary>A request of Payments' developer that waits for a review.</summary>
    internal long Waiting { get; private set; }

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxHost.StartAsync(new SandboxOptions { Live = false }, TestContext.Current.CancellationToken);
        Portal = await PortalHost.StartAsync(_sandbox, _database);
        await Portal.ReadAsync(SandboxClusters.OrdersProd);
        foreach (var who in Enum.GetValues<Who>())
        {
            _people[who] = await SignInAsync(who);
        }

        await Portal.Of<Sessions>().EndAsync(Of(Who.Gone), SessionEnd.SignedOut, by: null, CancellationToken.None);
        foreach (var name in new[] { Ours, Drifted })
        {
            (await Portal.CreateAsync(Of(Who.Developer), Request(name, "2"))).State.ShouldBe(ChangeState.Done);
        }

        var api = Portal.Of<DigitalOceanClient>();
        (await api.UpdatePoolAsync(SandboxClusters.OrdersProd, Drifted, Fields with { Size = 3 }, CancellationToken.None)).TryGet(out _, out _).ShouldBeTrue();
        (await api.CreatePoolAsync(SandboxClusters.OrdersProd, new NewPool(Unmanaged, Fields), CancellationToken.None)).TryGet(out _, out _).ShouldBeTrue();
        await Portal.ReadAsync(SandboxClusters.OrdersProd);
        Waiting = (await Portal.SubmitAsync(Of(Who.Developer), Request("waiting", "30"))).Id;
    }

    public async ValueTask DisposeAsync()
    {
        await Portal.DisposeAsync();
        await _sandbox.DisposeAsync();
        _database.Dispose();
    }

    internal SessionKey Of(Who who) => _people[who];

    internal static CreatePool Request(string name, string size, string team = "Payments") => new()
    {
        FormId = Guid.NewGuid(),
        ClusterId = SandboxClusters.OrdersProd,
        Team = team,
        Database = Fields.Database,
        User = Fields.User,
        Mode = Fields.Mode,
        Size = size,
        Name = name,
        Reason = "a test",
    };

    private Task<SessionKey> SignInAsync(Who who) => who switch
    {
        Who.Developer => Portal.SignInAsync("developer", Role.Developer, "payments"),
        Who.Lead => Portal.SignInAsync("lead", Role.TeamLead, "payments", "payments-leads"),
        Who.OtherDeveloper => Portal.SignInAsync("developer2", Role.Developer, "orders"),
        Who.OtherLead => Portal.SignInAsync("lead2", Role.TeamLead, "orders", "orders-leads"),
        Who.Admin => Portal.SignInAsync("admin", Role.Admin, "payments", "payments-leads"),
        Who.Auditor => Portal.SignInAsync("auditor", Role.Auditor, "payments", "payments-leads"),
        _ => Portal.SignInAsync("gone", Role.TeamLead, "payments", "payments-leads"),
    };
}
