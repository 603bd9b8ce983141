using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Portal.Access;
using Portal.Inventory;

namespace Portal.Pools.Cluster;

/// <summary>One cluster, or one read replica: what of its budget is taken and by which pools. Opening it causes no call.</summary>
public sealed partial class ClusterPage : IDisposable
{
    private const int LongestList = 30;

    private readonly CancellationTokenSource _gone = new();
    private ClusterFacts? _cluster;
    private IReadOnlyList<ClusterFacts> _replicas = [];
    private PoolPage _page = new([], 0, 1);
    private string? _trouble;
    private bool _isLoaded;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    /// <summary>The cluster's id, or a replica's.</summary>
    [Parameter]
    public Guid ClusterId { get; set; }

    [Inject]
    private InventoryBoard Board { get; set; } = null!;

    [Inject]
    private BoardKeeper Keeper { get; set; } = null!;

    [Inject]
    private InventoryFeed Feed { get; set; } = null!;

    [Inject]
    private RefreshDesk Desk { get; set; } = null!;

    private string Heading => _cluster?.Name ?? (_isLoaded ? "There is no such cluster" : "Cluster");

    private string? Intro => _cluster switch
    {
        null => null,
        { ReplicaWords: { } words } => $"{Capital(words)} · {ShortPlan} · {_cluster.Region}",
        _ => $"{ShortPlan} · {_cluster.Region}",
    };

    private string ShortPlan => _cluster!.Plan.MemoryGiB is { } memory ? $"{memory} GiB" : _cluster.SizeSlug;

    private string PlanWords => _cluster!.Plan switch
    {
        { MemoryGiB: { } memory, VirtualCpus: { } processors } => $"{memory} GiB, {processors} vCPU ({_cluster.SizeSlug})",
        _ => $"{_cluster.SizeSlug}: its size is not known, so neither is its budget",
    };

    protected override async Task OnInitializedAsync()
    {
        Board.Moved += OnMoved;
        _ = await Keeper.ViewAsync(_gone.Token);
        Look();
    }

    protected override void OnParametersSet()
    {
        if (Board.IsLoaded)
        {
            Look();
        }
    }

    /// <returns>Whether it looks different.</returns>
    private bool Look()
    {
        var view = Board.View;
        var cluster = view.Find(ClusterId);
        IReadOnlyList<ClusterFacts> replicas = [.. view.ReplicasOf(ClusterId)];
        var isSame = _isLoaded
            && (cluster, _cluster) switch
            {
                (null, null) => true,
                (null, _) or (_, null) => false,
                _ => cluster.HasContentOf(_cluster) && cluster.PoolsReadAt == _cluster.PoolsReadAt,
            }
            && replicas.Select(Summary).SequenceEqual(_replicas.Select(Summary))
            && Feed.Trouble == _trouble;
        (_cluster, _replicas, _trouble, _isLoaded) = (cluster, replicas, Feed.Trouble, true);
        _page = new PoolPage([.. (cluster?.Pools ?? []).Select(pool => new PoolRow(cluster!, pool))], cluster?.Pools.Count ?? 0, 1);
        return !isSame;
    }

    private async Task<RefreshOutcome> RefreshAsync()
    {
        var session = SessionKey.Of((await Authentication).User) ?? SessionKey.None;
        var outcome = await Desk.ReadOneAsync(session, ClusterId, _gone.Token);
        Look();
        StateHasChanged();
        return outcome;
    }

    private void OnMoved() => _ = InvokeAsync(() =>
    {
        if (!_gone.IsCancellationRequested && Look())
        {
            StateHasChanged();
        }
    });

    private static (Guid Id, string Name, string Region, string Status) Summary(ClusterFacts replica) => (replica.Id, replica.Name, replica.Region, replica.Status);

    private static string Listed(IReadOnlyList<string> names) => names.Count switch
    {
        0 => "none known",
        <= LongestList => string.Join(", ", names),
        _ => $"{string.Join(", ", names.Take(LongestList))} and {names.Count - LongestList} more",
    };

    private static string Capital(string words) => $"{char.ToUpperInvariant(words[0])}{words[1..]}";

    public void Dispose()
    {
        Board.Moved -= OnMoved;
        _gone.Cancel();
        _gone.Dispose();
    }
}
