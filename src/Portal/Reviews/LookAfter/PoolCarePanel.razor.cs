using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Portal.Access;
using Portal.Changes;
using Portal.DigitalOcean;

namespace Portal.Reviews.LookAfter;

/// <summary>The dates of one pool. Draws nothing for a pool that the portal does not manage.</summary>
public sealed partial class PoolCarePanel : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private SessionKey _session;
    private CareRow? _row;
    private string? _endsOn;
    private string? _mistake;
    private string? _answer;
    private bool _isRefused;
    private bool _isBusy;

    /// <summary>The cluster's id.</summary>
    [Parameter, EditorRequired]
    public Guid Cluster { get; set; }

    /// <summary>The pool's name.</summary>
    [Parameter, EditorRequired]
    public string Pool { get; set; } = "";

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    [Inject]
    private CareList List { get; set; } = null!;

    [Inject]
    private PoolCare Care { get; set; } = null!;

    private PoolKey Key => new(Cluster, Pool);

    protected override async Task OnParametersSetAsync()
    {
        _session = SessionKey.Of((await Authentication).User) ?? SessionKey.None;
        _row = await List.FindAsync(_session, Key, _gone.Token);
    }

    private Task KeepAsync() => DoAsync(() => Care.KeepAsync(_session, [Key], _gone.Token));

    private Task SetEndDateAsync() => DoAsync(() => Care.SetEndDateAsync(_session, [Key], _endsOn ?? EndDate.Typed(_row!.Pool.Managed!.EndsAt), _gone.Token));

    /// <summary>Whoever clicks a second time before the first click has ended has clicked once.</summary>
    private async Task DoAsync(Func<Task<Result<CareOutcomes, NotTaken>>> work)
    {
        if (_isBusy)
        {
            return;
        }

        _isBusy = true;
        (_mistake, _answer) = (null, null);
        try
        {
            if ((await work()).TryGet(out var done, out var notTaken))
            {
                (_answer, _isRefused) = (done.Pools[0].Words, done.Pools[0].Result is CareResult.Refused);
                _endsOn = null;
                _row = await List.FindAsync(_session, Key, _gone.Token);
                return;
            }

            (_answer, _isRefused) = (notTaken.Message, true);
            _mistake = notTaken.Mistakes is [var first, ..] ? first.Message : null;
        }
        finally
        {
            _isBusy = false;
        }
    }

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }
}
