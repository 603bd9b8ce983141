using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Portal.Access;

namespace Portal.Connections.Probing;

/// <summary>A test of one pool, for its page: a button, what was found, and what is in use.</summary>
public sealed partial class PoolTestPanel : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private readonly string _id = Guid.NewGuid().ToString("N")[..8];
    private (Guid Cluster, string Pool)? _asked;
    private bool _isLoading = true;
    private bool _isRunning;
    private string? _connectAs;
    private string _status = "";
    private PoolTestFacts? _facts;
    private NotHandedOut? _trouble;
    private ProbeReport? _report;
    private DateTimeOffset? _testedAt;
    private InUse? _use;

    [Parameter]
    [EditorRequired]
    public Guid Cluster { get; set; }

    /// <summary>The pool's name.</summary>
    [Parameter]
    [EditorRequired]
    public string Pool { get; set; } = "";

    [CascadingParameter]
    private Task<AuthenticationState>? Authentication { get; set; }

    [Inject]
    private PoolTests Tests { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private string ButtonText => _isRunning ? "Testing…" : _report is null ? "Test this pool" : "Test again";

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive || _asked == (Cluster, Pool))
        {
            return;
        }

        var asked = (Cluster, Pool);
        _asked = asked;
        (_isLoading, _report, _testedAt, _use, _status) = (true, null, null, null, "");
        try
        {
            var answer = await Tests.DescribeAsync(await SessionAsync(), Cluster, Pool, _leaving.Token);
            if (_asked == asked)
            {
                _ = answer.TryGet(out _facts, out _trouble);
                _connectAs = _facts is { Choices: [var first, ..] } ? first : null;
                _use = PoolInUse.Of(_facts?.Last);
                _isLoading = false;
            }
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // The page is gone, and nobody waits for this any more.
        }
    }

    private async Task TestAsync()
    {
        if (_isRunning)
        {
            return;
        }

        _isRunning = true;
        _trouble = null;
        _status = "Testing the pool. This takes some seconds when something does not answer.";
        try
        {
            var answer = await Tests.TestAsync(await SessionAsync(), Cluster, Pool, _connectAs, _leaving.Token);
            if (answer.TryGet(out var report, out _trouble))
            {
                (_report, _testedAt, _use, _status) = (report, Clock.GetUtcNow(), report.InUse ?? _use, report.Spoken);
            }
            else
            {
                // What went wrong is in a notice that speaks for itself.
                _status = "";
            }
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // The page is gone; the record says so.
        }
        finally
        {
            _isRunning = false;
        }
    }

    // The rights are checked where the test is made; the list is only what may be chosen.
    private void ChooseUser(ChangeEventArgs change) => _connectAs = _facts?.Choices.FirstOrDefault(user => user == change.Value as string) ?? _connectAs;

    private async Task<SessionKey> SessionAsync() =>
        SessionKey.Of(Authentication is null ? null : (await Authentication).User) ?? SessionKey.None;

    private string Id(string part) => $"pool-test-{part}-{_id}";
}
