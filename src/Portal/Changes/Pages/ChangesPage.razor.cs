using Microsoft.AspNetCore.Components;
using Portal.Controls;

namespace Portal.Changes;

/// <summary>All changes, newest first.</summary>
public sealed partial class ChangesPage : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private IReadOnlyList<PoolChange>? _changes;
    private bool _hasMore;

    /// <summary>Which page of the list, from 1.</summary>
    [SupplyParameterFromQuery(Name = "page")]
    private string? Page { get; set; }

    [Inject]
    private ChangeQueries Queries { get; set; } = null!;

    private int Number => QueryValue.Page(Page);

    protected override async Task OnParametersSetAsync() =>
        (_changes, _hasMore) = await Queries.ListAsync(Number, _gone.Token);

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }
}
