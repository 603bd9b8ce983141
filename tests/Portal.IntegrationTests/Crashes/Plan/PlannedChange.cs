using System.Globalization;
using Portal.Changes;
using Portal.DigitalOcean;
using Portal.Sandbox.Control;

namespace Portal.IntegrationTests.Crashes;

/// <summary>A change that will be asked for, and what goes wrong with its own call.</summary>
/// <param name="Before">The pool as it stands; null for a new one.</param>
/// <param name="Wanted">The pool as it should become; for what changes no field, as it stands.</param>
internal sealed record PlannedChange(Guid Form, ChangeKind Kind, Guid Cluster, string Pool, PoolFields? Before, PoolFields Wanted, IReadOnlyList<Fault> Faults)
{
    /// <summary>The method of the call that carries it out; null when nothing is sent.</summary>
    public HttpMethod? Method => MethodOf(Kind);

    /// <summary>The path of the call that carries it out; for an adoption of the one that looks.</summary>
    public string Path => PathOf(Kind, Cluster, Pool, Wanted.User);

    public static HttpMethod? MethodOf(ChangeKind kind) => kind switch
    {
        ChangeKind.Create or ChangeKind.ResetPassword => HttpMethod.Post,
        ChangeKind.Resize or ChangeKind.Edit => HttpMethod.Put,
        ChangeKind.Delete => HttpMethod.Delete,
        _ => null,
    };

    public static string PathOf(ChangeKind kind, Guid cluster, string pool, string? user) => kind switch
    {
        ChangeKind.Create or ChangeKind.Adopt => $"/v2/databases/{cluster}/pools",
        ChangeKind.ResetPassword => $"/v2/databases/{cluster}/users/{user}/reset_auth",
        _ => $"/v2/databases/{cluster}/pools/{pool}",
    };

    /// <summary>Whether a row of the ledger is a call of this change. Of a create that was cut before it was read nobody knows whose it was.</summary>
    public bool IsCall(LedgerEntry entry) =>
        entry.Method == Method?.Method && entry.Path == Path && (Kind is not ChangeKind.Create || entry.Pool == Pool);

    public Order ToOrder() => Kind is ChangeKind.Create
        ? new Order
        {
            Create = new CreatePool
            {
                FormId = Form,
                ClusterId = Cluster,
                Team = "Payments",
                Database = Wanted.Database,
                User = Wanted.User,
                Mode = Wanted.Mode,
                Size = Wanted.Size.ToString(CultureInfo.InvariantCulture),
                Name = Pool,
                Reason = "a crash test",
            },
        }
        : new Order
        {
            Existing = new ExistingPoolRequest
            {
                FormId = Form,
                Kind = Kind,
                ClusterId = Cluster,
                PoolName = Pool,
                Before = Before!,
                Size = Kind is ChangeKind.Resize or ChangeKind.Edit ? Wanted.Size.ToString(CultureInfo.InvariantCulture) : null,
                Mode = Kind is ChangeKind.Edit ? Wanted.Mode : null,
                User = Kind is ChangeKind.Edit ? Wanted.User : null,
                Team = Kind is ChangeKind.Adopt ? "Payments" : null,
                Confirmation = Kind is ChangeKind.ResetPassword ? Wanted.User : Pool,
            },
        };

    public override string ToString() => $"{Kind} {Pool} on {Cluster:N} ({string.Join(", ", Faults.Select(fault => $"{fault.Kind} {fault.Status} x{fault.Times}"))})";
}
