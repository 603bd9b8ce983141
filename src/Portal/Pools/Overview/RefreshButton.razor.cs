using Microsoft.AspNetCore.Components;
using Portal.Inventory;

namespace Portal.Pools.Overview;

/// <summary>A refresh on demand: busy while it runs, and its outcome in words beside it.</summary>
public sealed partial class RefreshButton
{
    private RefreshOutcome? _outcome;
    private bool _isBusy;

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    [Parameter, EditorRequired]
    public Func<Task<RefreshOutcome>> OnRefresh { get; set; } = null!;

    /// <summary>Whoever clicks a second time before the first click has ended has clicked once.</summary>
    private async Task ClickAsync()
    {
        if (_isBusy)
        {
            return;
        }

        _isBusy = true;
        // Emptied first: the same words a second time would not be spoken.
        _outcome = null;
        try
        {
            _outcome = await OnRefresh();
        }
        catch (OperationCanceledException)
        {
            // The page was left meanwhile.
        }
        finally
        {
            _isBusy = false;
        }
    }
}
