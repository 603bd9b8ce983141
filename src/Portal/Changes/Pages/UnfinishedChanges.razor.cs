using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Portal.Access;

namespace Portal.Changes;

/// <summary>How many of one's own changes are not finished: a link in the header of every page.</summary>
public sealed partial class UnfinishedChanges : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private string? _personId;
    private int _count;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    [Inject]
    private Sessions Sessions { get; set; } = null!;

    [Inject]
    private ChangeQueries Queries { get; set; } = null!;

    [Inject]
    private ChangeFeed Feed { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        var read = await Sessions.ReadAsync(SessionKey.Of((await Authentication).User) ?? SessionKey.None, _gone.Token);
        if (!read.TryGet(out var person, out _))
        {
            return;
        }

        _personId = person.Id;
        _count = await Queries.CountUnfinishedAsync(_personId, _gone.Token);
        Feed.Moved += OnMoved;
    }

    private void OnMoved(long change) => _ = InvokeAsync(async () =>
    {
        try
        {
            _count = await Queries.CountUnfinishedAsync(_personId!, _gone.Token);
            StateHasChanged();
        }
        catch (OperationCanceledException)
        {
            // The page was closed while it was reading.
        }
    });

    public void Dispose()
    {
        Feed.Moved -= OnMoved;
        _gone.Cancel();
        _gone.Dispose();
    }
}
