using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Portal.Access;
using Portal.Inventory;

namespace Portal.Changes;

/// <summary>One change, live: its steps, what happened, what can be done, and at the end the connection.</summary>
public sealed partial class ChangePage : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private PoolChange? _change;
    private ClusterFacts? _cluster;
    private SessionKey _session;
    private string? _personId;
    private bool _isLeadOrAdmin;
    private Refusal? _refusal;
    private string _spoken = "";
    private bool _isLoaded;
    private bool _isBusy;

    /// <summary>The number of the change.</summary>
    [Parameter]
    public long Id { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    [Inject]
    private Sessions Sessions { get; set; } = null!;

    [Inject]
    private ChangeQueries Queries { get; set; } = null!;

    [Inject]
    private ChangeDecisions Decisions { get; set; } = null!;

    [Inject]
    private InventoryQueries Inventory { get; set; } = null!;

    [Inject]
    private ChangeFeed Feed { get; set; } = null!;

    private string Heading => (_change, _isLoaded) switch
    {
        ({ } change, _) => ChangeWords.Heading(change),
        (null, true) => "There is no such change",
        _ => $"Change {Id}",
    };

    private bool CanWithdraw => _change is { State: ChangeState.WaitingForReview or ChangeState.Approved, Attempt: 0 } && IsMine;

    private bool CanTryAgain => _change is { State: ChangeState.Failed or ChangeState.Withdrawn or ChangeState.Declined or ChangeState.Expired } && IsMine && TryAgainAddress is not null;

    /// <summary>The form with everything filled in; null for what has no form of its own.</summary>
    private string? TryAgainAddress => _change!.Kind switch
    {
        ChangeKind.Create => $"pools/new?again={Id}",
        ChangeKind.Resize => $"{PoolAddress}/resize?again={Id}",
        ChangeKind.Edit => $"{PoolAddress}/edit?again={Id}",
        ChangeKind.Delete => $"{PoolAddress}/delete",
        _ => PoolAddress,
    };

    private string TakeAsOursText => _change!.Kind switch
    {
        ChangeKind.Delete => "It is deleted",
        ChangeKind.ResetPassword => "It was reset",
        _ => "It is ours",
    };

    private string PoolAddress => PoolAddresses.Of(_change!.ClusterId, _change.PoolName);

    private bool CanGiveUp => _change is { State: ChangeState.Conflict or ChangeState.NeedsPerson };

    private bool CanTakeAsOurs => CanGiveUp && _isLeadOrAdmin;

    private bool IsMine => _change?.RequesterId == _personId;

    private bool IsMoving => _change is { State: ChangeState.Approved or ChangeState.Running or ChangeState.Unknown };

    protected override async Task OnParametersSetAsync()
    {
        _session = SessionKey.Of((await Authentication).User) ?? SessionKey.None;
        var read = await Sessions.ReadAsync(_session, _gone.Token);
        if (!read.TryGet(out var person, out var refusal))
        {
            _refusal = refusal;
            _isLoaded = true;
            return;
        }

        _personId = person.Id;
        _isLeadOrAdmin = person.Has(Role.TeamLead) || person.Has(Role.Admin);
        Feed.Moved -= OnMoved;
        Feed.Moved += OnMoved;
        await LoadAsync();
        _isLoaded = true;
    }

    private async Task LoadAsync()
    {
        var before = _change;
        _change = await Queries.FindAsync(Id, _gone.Token);
        if (_change is null)
        {
            return;
        }

        if (before is not null)
        {
            Speak(before, _change);
        }

        _cluster = _change.State is ChangeState.Failed or ChangeState.Conflict or ChangeState.NeedsPerson
            ? await Inventory.FindAsync(_change.ClusterId, _gone.Token)
            : null;
    }

    /// <summary>Each step that was reached, and the end, once.</summary>
    private void Speak(PoolChange before, PoolChange now)
    {
        var words = now.Steps.Skip(before.Steps.Count).Select(step => $"{ChangeWords.Of(step.Kind)}.").ToList();
        if (now.State != before.State && now.State is not (ChangeState.Running or ChangeState.Approved))
        {
            words.Add(now.State is ChangeState.Done ? ChangeWords.IsDone(now) : $"{ChangeWords.Of(now.State)}. {now.Happened}");
        }

        if (words.Count > 0)
        {
            _spoken = string.Join(' ', words);
        }
    }

    private void OnMoved(long change)
    {
        if ((change is ChangeFeed.Any || change == Id) && !_gone.IsCancellationRequested)
        {
            _ = InvokeAsync(async () =>
            {
                try
                {
                    await LoadAsync();
                    StateHasChanged();
                }
                catch (OperationCanceledException)
                {
                    // The page was closed while it was reading.
                }
            });
        }
    }

    private Task WithdrawAsync() => DecideAsync(Decisions.WithdrawAsync);

    private Task TakeAsOursAsync() => DecideAsync(Decisions.TakeAsOursAsync);

    private Task GiveUpAsync() => DecideAsync(Decisions.GiveUpAsync);

    private async Task DecideAsync(Func<SessionKey, long, CancellationToken, Task<Refusal?>> decide)
    {
        if (_isBusy)
        {
            return;
        }

        _isBusy = true;
        try
        {
            _refusal = await decide(_session, Id, _gone.Token);
            await LoadAsync();
        }
        finally
        {
            _isBusy = false;
        }
    }

    public void Dispose()
    {
        Feed.Moved -= OnMoved;
        _gone.Cancel();
        _gone.Dispose();
    }
}
