using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Portal.Access;
using Portal.Changes;
using Portal.Controls;
using Portal.Inventory;

namespace Portal.Reviews.Decide;

/// <summary>One request, live, with everything that its reviewer has to see, and the decision.</summary>
public sealed partial class DecidePage : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private Again _reading = null!;
    private SessionKey _session;
    private Refusal? _refusal;
    private IReadOnlyList<FieldMistake> _mistakes = [];
    private ClusterFacts? _seen;
    private bool _isLoaded;
    private bool _isMine;
    private bool _waited;

    /// <summary>The number of the change.</summary>
    [Parameter]
    public long Id { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    [Inject]
    private ReviewDesk Desk { get; set; } = null!;

    [Inject]
    private ChangeReviews Reviews { get; set; } = null!;

    [Inject]
    private ChangeFeed Feed { get; set; } = null!;

    [Inject]
    private InventoryBoard Board { get; set; } = null!;

    internal ReviewView? View { get; private set; }

    internal PoolChange Change => View!.Change;

    internal DecisionText Text { get; private set; } = new();

    internal IReadOnlyList<FieldError> Errors { get; private set; } = [];

    /// <summary>Why nothing was decided, where that is no field's fault.</summary>
    internal string? Trouble { get; private set; }

    internal bool IsBusy { get; private set; }

    /// <summary>The size that the effect is drawn for: while somebody types a smaller one, that.</summary>
    internal int Size => Text.Form is DecisionKind.Smaller && int.TryParse(Text.Size, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size < Change.Size
        ? size
        : Change.Size;

    private string Heading => (View, _isLoaded && _refusal is null) switch
    {
        ({ }, _) => $"Review: {Subject}",
        (null, true) => "There is no such request",
        _ => "Review",
    };

    private string? Tab => View is null ? null : $"Review: {Change.PoolName}";

    private string Subject => Change switch
    {
        { Kind: ChangeKind.Create } => $"a pool of {Change.AskedSize ?? Change.Size} on {Change.ClusterName}",
        { Kind: ChangeKind.Resize } => $"{Change.PoolName} with {Change.AskedSize ?? Change.Size} on {Change.ClusterName}",
        _ => $"{ChangeWords.Of(Change.Kind).ToLowerInvariant()}, {Change.PoolName} on {Change.ClusterName}",
    };

    /// <summary>What became of it: said when it is decided, by oneself or meanwhile by somebody else.</summary>
    private (NoticeKind Kind, string Words, string? More)? Told => Change switch
    {
        { State: ChangeState.WaitingForReview } => null,
        { IsUrgent: true, SeenByName: { } name } => (NoticeKind.Success, _isMine ? "You have looked at it" : $"{name} has looked at this", null),
        { IsUrgent: true } => (NoticeKind.Warning, "Run urgently, before a review", "It stays in the queue until somebody has looked at it."),
        { State: ChangeState.Declined } when _isMine => (NoticeKind.Success, "You declined this", $"{Change.RequesterName} sees your reason."),
        { DecidedByName: not null } when _isMine => (NoticeKind.Success, Change.AskedSize is null ? "You approved this" : $"You approved this with {Change.Size} in the place of {Change.AskedSize}", null),
        { DecidedByName: null, State: not (ChangeState.Withdrawn or ChangeState.Expired or ChangeState.Failed) } => (NoticeKind.Info, "This was approved by rule", $"It was {Change.Decision}."),
        _ => (_waited ? NoticeKind.Warning : NoticeKind.Info, ReviewWords.DecidedAlready(Change), Change.State is ChangeState.Declined ? null : Change.DecisionNote),
    };

    protected override void OnInitialized()
    {
        _reading = new Again(ReadAsync);
        Feed.Moved += OnMoved;
        Board.Moved += OnBoardMoved;
    }

    protected override async Task OnParametersSetAsync()
    {
        _session = SessionKey.Of((await Authentication).User) ?? SessionKey.None;
        if (View is not null && View.Change.Id != Id)
        {
            (Text, Errors, _mistakes, Trouble, _isMine, _waited) = (new DecisionText(), [], [], null, false, false);
        }

        await _reading.AskAsync();
        _isLoaded = true;
    }

    private async Task ReadAsync()
    {
        _waited |= View?.Waits is true;
        _ = (await Desk.OpenAsync(_session, Id, _gone.Token)).TryGet(out var found, out _refusal);
        View = found?.View;
        _seen = View is null ? null : Board.View.Find(View.Change.ClusterId);
    }

    internal Task ApproveAsync() => DecideAsync(() => Reviews.ApproveAsync(_session, Id, Text.Note, _gone.Token));

    internal Task ApproveSmallerAsync() => DecideAsync(() => Reviews.ApproveSmallerAsync(_session, Id, Text.Size, Text.Note, _gone.Token));

    internal Task DeclineAsync() => DecideAsync(() => Reviews.DeclineAsync(_session, Id, Text.Reason, _gone.Token));

    internal Task MarkSeenAsync() => DecideAsync(() => Reviews.MarkSeenAsync(_session, Id, _gone.Token));

    private async Task DecideAsync(Func<Task<NotTaken?>> decide)
    {
        // Whoever clicks a second time before the first click has ended has clicked once.
        if (IsBusy)
        {
            return;
        }

        IsBusy = true;
        try
        {
            var notTaken = await decide();
            _isMine = notTaken is null;
            _mistakes = notTaken?.Mistakes ?? [];
            Errors = [.. _mistakes.Select(mistake => new FieldError(DecisionForm.IdOf(mistake.Field), mistake.Message))];
            Trouble = notTaken?.Message;
            await _reading.AskAsync();
        }
        finally
        {
            IsBusy = false;
        }
    }

    internal string? MistakeIn(ChangeField field) => _mistakes.FirstOrDefault(mistake => mistake.Field == field)?.Message;

    internal void Choose(DecisionKind form)
    {
        Text.Form = form;
        (Errors, _mistakes, Trouble) = ([], [], null);
        if (form is DecisionKind.Smaller && Text.Size is null)
        {
            Text.Size = (View!.Recommended is { } recommended && recommended < View.LargestSmaller && recommended > View.Before ? recommended : View.LargestSmaller)?.ToString(CultureInfo.InvariantCulture);
        }

        StateHasChanged();
    }

    /// <summary>The effect follows what is typed.</summary>
    internal void Resize(string? size)
    {
        Text.Size = size;
        StateHasChanged();
    }

    private void OnMoved(long change) => Look();

    // Other clusters are read all the time; only this one may fill up.
    private void OnBoardMoved()
    {
        if (View is { } view && !ReferenceEquals(Board.View.Find(view.Change.ClusterId)?.Pools, _seen?.Pools))
        {
            Look();
        }
    }

    private void Look()
    {
        if (!_gone.IsCancellationRequested)
        {
            _ = InvokeAsync(async () =>
            {
                await _reading.AskAsync();
                StateHasChanged();
            });
        }
    }

    public void Dispose()
    {
        Feed.Moved -= OnMoved;
        Board.Moved -= OnBoardMoved;
        _gone.Cancel();
        _gone.Dispose();
    }
}
