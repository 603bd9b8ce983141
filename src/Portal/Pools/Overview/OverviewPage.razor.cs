using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Portal.Access;
using Portal.Inventory;

namespace Portal.Pools.Overview;

/// <summary>All clusters with their budgets, and all pools. It looks at the board that all pages share: opening it causes no call and no query.</summary>
public sealed partial class OverviewPage : IDisposable
{
    private const int FullestClusters = 6;

    /// <summary>A longer choice would cost every open page more than it helps; then a part of the name is typed.</summary>
    private const int MostToChooseFrom = 30;

    private readonly CancellationTokenSource _gone = new();
    private BoardView _view = new([], 0);
    private PoolPage? _page;
    private PoolQuery? _shown;
    private IReadOnlyList<ClusterFacts> _clusters = [];
    private IReadOnlyList<string> _clusterNames = [];
    private string? _trouble;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "q")]
    private string? Search { get; set; }

    [SupplyParameterFromQuery(Name = "cluster")]
    private string? Cluster { get; set; }

    [SupplyParameterFromQuery(Name = "team")]
    private string? Team { get; set; }

    [SupplyParameterFromQuery(Name = "mode")]
    private string? Mode { get; set; }

    [SupplyParameterFromQuery(Name = "state")]
    private string? State { get; set; }

    [SupplyParameterFromQuery(Name = "sort")]
    private string? Sort { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    private string? Number { get; set; }

    [Inject]
    private InventoryBoard Board { get; set; } = null!;

    [Inject]
    private BoardKeeper Keeper { get; set; } = null!;

    [Inject]
    private InventoryFeed Feed { get; set; } = null!;

    [Inject]
    private RefreshDesk Desk { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private PoolQuery Query { get; set; } = new();

    private string ClustersTitle => Query.Search is { } search && IsClusterSearch
        ? $"Clusters like “{search}”"
        : _view.Clusters.Count > FullestClusters ? "The fullest clusters" : "Clusters";

    private string ClustersNote => _view.Clusters.Count > FullestClusters && !IsClusterSearch
        ? $"{FullestClusters} of {_view.Clusters.Count}; search finds the others"
        : "";

    private bool IsClusterSearch { get; set; }

    protected override async Task OnInitializedAsync()
    {
        Board.Moved += OnMoved;
        // Done at once when the board is loaded, which it is but for the first moments of the portal.
        _ = await Keeper.ViewAsync(_gone.Token);
        Look();
    }

    protected override void OnParametersSet()
    {
        Query = PoolQuery.Read(key => key switch
        {
            "q" => Search,
            "cluster" => Cluster,
            "team" => Team,
            "mode" => Mode,
            "state" => State,
            "sort" => Sort,
            "page" => Number,
            _ => null,
        });
        if (Board.IsLoaded)
        {
            Look();
        }
    }

    /// <summary>Takes what there is to see now.</summary>
    /// <returns>Whether it looks different.</returns>
    private bool Look()
    {
        var (view, before) = (Board.View, _view);
        var isSame = _page is not null && view.Version == before.Version && Query == _shown;
        var page = isSame ? _page! : view.Find(Query);
        var clusters = isSame ? _clusters : ClustersOf(view);
        var looksLike = isSame || (Query == _shown && _page?.LooksLike(page) is true && clusters.Zip(_clusters).All(pair => pair.First.HasContentOf(pair.Second)));
        looksLike &= (view.Clusters.Count, view.Unread, Minute(view), Feed.Trouble) == (before.Clusters.Count, before.Unread, Minute(before), _trouble);
        (_view, _page, _clusters, _shown, _trouble) = (view, page, clusters, Query, Feed.Trouble);
        _clusterNames = view.Clusters.Count > MostToChooseFrom ? [] : [.. view.Clusters.Select(cluster => cluster.Name)];
        return !looksLike;
    }

    // The words of a search may name clusters; then these are the ones to show.
    private IReadOnlyList<ClusterFacts> ClustersOf(BoardView view)
    {
        var named = Query.Words.Count == 0 ? [] : view.Fullest(FullestClusters, Query.Words);
        IsClusterSearch = named.Count > 0;
        return IsClusterSearch ? named : view.Fullest(FullestClusters, []);
    }

    private static long? Minute(BoardView view) => view.OldestReading?.Ticks / TimeSpan.TicksPerMinute;

    private void Go(PoolQuery query) => Navigation.NavigateTo($"./{query.ToAddress()}", replace: true);

    private async Task<RefreshOutcome> RefreshAsync()
    {
        var session = SessionKey.Of((await Authentication).User) ?? SessionKey.None;
        var shown = (_page?.Rows ?? []).Select(row => row.Cluster.Id).Concat(_clusters.Select(cluster => cluster.Id)).Distinct().ToList();
        var outcome = await Desk.ReadShownAsync(session, shown, _gone.Token);
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

    public void Dispose()
    {
        Board.Moved -= OnMoved;
        _gone.Cancel();
        _gone.Dispose();
    }
}
