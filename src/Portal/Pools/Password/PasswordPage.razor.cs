using Microsoft.AspNetCore.Components;
using Portal.Changes;
using Portal.Connections;
using Portal.Inventory;

namespace Portal.Pools.Password;

/// <summary>A password has leaked: which pools and teams use it, who was given it since when, and a new one.</summary>
public sealed partial class PasswordPage
{
    private IReadOnlyList<HandedOutTo> _given = [];

    [Inject]
    private ConnectionHistory History { get; set; } = null!;

    private protected override ChangeKind Kind => ChangeKind.ResetPassword;

    /// <summary>An inbound-user pool may be used as anybody, so also as this user.</summary>
    private IEnumerable<PoolFacts> Sharing => Cluster.Pools.Where(pool => pool.User is null || pool.User == Before.User);

    private protected override async Task ReadMoreAsync() =>
        _given = await History.ListAsync(ClusterId, [.. Sharing.Select(pool => pool.Name)], Before.User, Gone);
}
