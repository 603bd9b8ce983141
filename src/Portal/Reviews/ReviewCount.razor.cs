using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Portal.Access;
using Portal.Changes;
using Portal.Reviews.Queue;

namespace Portal.Reviews;

/// <summary>How many reviews wait for who is signed in: beside a link in the header of every page.</summary>
public sealed partial class ReviewCount : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private SessionKey _session;
    private Again _counting = null!;
    private int _count;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    [Inject]
    private ReviewQueue Queue { get; set; } = null!;

    [Inject]
    private ChangeFeed Feed { get; set; } = null!;

    private string Shown => _count > ReviewQueue.MostCounted ? $"{ReviewQueue.MostCounted}+" : $"{_count}";

    protected override async Task OnInitializedAsync()
    {
        _session = SessionKey.Of((await Authentication).User) ?? SessionKey.None;
        _counting = new Again(CountAsync);
        Feed.Moved += OnMoved;
        await _counting.AskAsync();
    }

    private async Task CountAsync()
    {
        var before = _count;
        _count = await Queue.CountAsync(_session, _gone.Token);
        if (_count != before)
        {
            StateHasChanged();
        }
    }

    private void OnMoved(long change)
    {
        if (!_gone.IsCancellationRequested)
        {
            _ = InvokeAsync(_counting.AskAsync);
        }
    }

    public void Dispose()
    {
        Feed.Moved -= OnMoved;
        _gone.Cancel();
        _gone.Dispose();
    }
}
