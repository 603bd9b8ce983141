using Microsoft.AspNetCore.Components;
using Portal.Changes;
using Portal.Controls;
using Portal.DigitalOcean;
using Portal.Pools.Create;

namespace Portal.Pools.Edit;

/// <summary>Another mode, database or database user for a pool; also the way back for one that somebody changed elsewhere.</summary>
public sealed partial class EditPage
{
    private IReadOnlyList<string> _answers = [];

    /// <summary>The form begins with what was approved, in the place of what somebody made of it.</summary>
    [SupplyParameterFromQuery(Name = "putback")]
    private string? PutBack { get; set; }

    private bool IsPutBackWanted => QueryValue.IsTrue(PutBack);

    private protected override ChangeKind Kind => ChangeKind.Edit;

    private bool IsPutBack => IsPutBackWanted && HasForm && Pool.HasDrifted;

    private PoolFields After => new(
        Form.Mode ?? Before.Mode,
        IsPutBack ? Pool.Managed!.Size : Before.Size,
        Form.Database ?? Before.Database,
        Form.User == CreateForm.InboundUser ? null : Form.User ?? Before.User);

    // What the pool has stays a choice, also when it is gone from the cluster or not the team's.
    private IEnumerable<string> Databases => Cluster.Databases.Union([Before.Database, .. Pool.Managed is { } managed ? [managed.Database] : Array.Empty<string>()], StringComparer.Ordinal);

    private IEnumerable<string> Users => Cluster.Users.Union(new[] { Before.User, Pool.Managed?.User }.OfType<string>(), StringComparer.Ordinal);

    private protected override void Begin() => Form.Take(IsPutBack ? Pool.Managed!.Fields : Before);

    private protected override ExistingPoolRequest ToRequest() => base.ToRequest() with { Size = IsPutBack ? Form.Size : null };

    private IEnumerable<(string Title, string Text)> Effects
    {
        get
        {
            if (After.Mode != Before.Mode)
            {
                yield return (
                    $"{Before.Mode} → {After.Mode}",
                    After.Mode switch
                    {
                        PoolMode.Session => "Each client then holds a server connection until it disconnects: with more clients than the size, the rest waits.",
                        PoolMode.Statement => "Transactions of several statements are refused then: transaction blocks not allowed in statement pooling mode.",
                        _ => "Session features then fail, or stay behind for other clients: SET, LISTEN, advisory locks, temporary tables, and prepared statements of drivers that PgBouncer does not track.",
                    });
            }

            if (After.Database != Before.Database)
            {
                yield return ($"{Before.Database} → {After.Database}", "Apps that connect with the same string then see another database, with other tables.");
            }

            if (After.User != Before.User)
            {
                yield return ($"{Before.User ?? "inbound user"} → {After.User ?? "inbound user"}", "Apps that connect as before are refused: authentication failed. Give them the new connection string.");
            }
        }
    }
}
