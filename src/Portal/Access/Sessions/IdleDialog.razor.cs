using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;
using Portal.Storage;

namespace Portal.Access;

/// <summary>Says two minutes before a session ends that it will, and offers to stay (WCAG 2.2, 2.2.1). Belongs into the frame of every page.</summary>
/// <remarks>
/// The row says when that is, so that what is done in another tab counts here too. Nothing of this is activity by itself: the server
/// calls the browser and never the other way round, until somebody presses a button.
/// </remarks>
public sealed partial class IdleDialog(AuthenticationStateProvider authentication, NavigationManager navigation, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan[] SpokenAt = [TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(1)];

    private readonly CancellationTokenSource _gone = new();
    private ElementReference _dialog;
    private ITimer? _timer;
    private IJSObjectReference? _module;
    private SessionKey? _session;
    private SessionDeadline? _known;
    private SessionDeadline? _shown;
    private DateTimeOffset _lookAgainAt;
    private DateTimeOffset? _goingOnUntil;
    private TimeSpan _left;
    private string _title = "";
    private string _spoken = "";
    private bool _isOpen;
    private bool _isAtIt;

    [Inject]
    private Sessions Sessions { get; set; } = null!;

    [Inject]
    private SessionFeed Feed { get; set; } = null!;

    [Inject]
    private IJSRuntime JavaScript { get; set; } = null!;

    private string Words => _shown!.IsFinal
        ? "A session cannot be longer, however active you are. What you typed into a form is kept: sign in again, and go on where you were."
        : "You have done nothing here for a while. What you typed into a form is kept.";

    private string TimeLeft => string.Create(CultureInfo.InvariantCulture, $"{(int)_left.TotalMinutes}:{_left.Seconds:00}");

    protected override async Task OnInitializedAsync()
    {
        // A drawing of the server's alone has nobody to tell.
        if (!RendererInfo.IsInteractive)
        {
            return;
        }

        _session = SessionKey.Of((await authentication.GetAuthenticationStateAsync()).User);
        if (_session is null)
        {
            return;
        }

        Feed.Moved += OnMoved;
        _timer = clock.CreateTimer(_ => Wake(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await LookAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_shown is not null == _isOpen)
        {
            return;
        }

        _isOpen = _shown is not null;
        try
        {
            _module ??= await JavaScript.InvokeAsync<IJSObjectReference>("import", _gone.Token, $"./{Assets["js/idle.js"]}");
            await _module.InvokeVoidAsync(_isOpen ? "open" : "close", _gone.Token, _dialog);
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // The page lost its server or was left: there is no dialog to open, and who comes back is told anew.
            _isOpen = false;
        }
    }

    private void Wake()
    {
        if (!_gone.IsCancellationRequested)
        {
            _ = InvokeAsync(LookAsync);
        }
    }

    private void OnMoved(byte[] keyHash)
    {
        if (_session!.Value.Hash().AsSpan().SequenceEqual(keyHash))
        {
            _ = InvokeAsync(() =>
            {
                _lookAgainAt = DateTimeOffset.MinValue;
                return LookAsync();
            });
        }
    }

    /// <summary>One look: at the clock, and when that is due at the row.</summary>
    private async Task LookAsync()
    {
        if (_isAtIt || _gone.IsCancellationRequested)
        {
            return;
        }

        _isAtIt = true;
        try
        {
            var now = clock.GetUtcNow();
            var isCounting = _shown is { } shown && now < shown.At && now < _lookAgainAt;
            if (isCounting || await ReadAsync(now))
            {
                Count(now);
            }
        }
        catch (OperationCanceledException)
        {
            // The page was left while it was reading.
        }
        catch (Exception exception) when (Database.IsTrouble(exception))
        {
            WakeAfter(LookAgainAfter);
        }
        finally
        {
            _isAtIt = false;
        }
    }

    /// <returns>Whether the end is so near that it is counted down.</returns>
    private async Task<bool> ReadAsync(DateTimeOffset now)
    {
        if (await Sessions.FindAsync(_session!.Value, _gone.Token) is not { } row)
        {
            // Ended before its time it was by an admin, which the watch hears of, or by signing out, which is under way and must not be cut short.
            WakeAfter(LookAgainAfter);
            if (_known?.At <= now)
            {
                navigation.LeaveToSignedOut();
            }

            return false;
        }

        var deadline = Sessions.DeadlineOf(row);
        _known = deadline;
        _lookAgainAt = now + LookAgainAfter;
        if (now < deadline.WarnAt || deadline.At == _goingOnUntil)
        {
            Hide();
            WakeAfter((now < deadline.WarnAt ? deadline.WarnAt : deadline.At) - now);
            return false;
        }

        if (_shown is null)
        {
            _title = deadline.IsFinal ? $"Your session ends in {SessionDeadline.Spoken(deadline.At - now)}" : $"You will be signed out in {SessionDeadline.Spoken(deadline.At - now)}";
            _spoken = "";
            Feed.BeginWarning(_session.Value);
        }

        _shown = deadline;
        return true;
    }

    private void Count(DateTimeOffset now)
    {
        var before = _left;
        _left = _shown!.At > now ? _shown.At - now : TimeSpan.Zero;

        // Each second would be too much to listen to.
        foreach (var moment in SpokenAt.Where(moment => before > moment && _left <= moment))
        {
            _spoken = $"{SessionDeadline.Spoken(moment)} left.";
        }

        StateHasChanged();
        WakeAfter(_left < Tick && _left > TimeSpan.Zero ? _left : Tick);
    }

    private async Task StayAsync()
    {
        if (_shown is not { } shown)
        {
            return;
        }

        // The longest life cannot be extended; who knows that is not told again.
        _goingOnUntil = shown.IsFinal ? shown.At : null;
        Hide();
        await Sessions.StayAsync(_session!.Value, _gone.Token);
    }

    private void Hide()
    {
        if (_shown is null)
        {
            return;
        }

        _shown = null;
        _left = TimeSpan.Zero;
        Feed.EndWarning(_session!.Value);
        StateHasChanged();
    }

    private void WakeAfter(TimeSpan wait) => _timer?.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        Feed.Moved -= OnMoved;
        if (_shown is not null)
        {
            Feed.EndWarning(_session!.Value);
        }

        if (_timer is not null)
        {
            await _timer.DisposeAsync();
        }

        try
        {
            if (_module is not null)
            {
                await _module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and the module with it.
        }

        _gone.Dispose();
    }
}
