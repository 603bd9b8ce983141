using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Portal.Access;
using Portal.DigitalOcean;

namespace Portal.Connections.Probing;

/// <summary>A test of one pool, for its page: a button, what was found, and what is in use.</summary>
public sealed partial class PoolTestPanel : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private readonly string _titleId = $"pool-test-{Guid.NewGuid().ToString("N")[..8]}";
    private (Guid Cluster, string Pool)? _asked;
    private bool _isLoading = true;
    private PoolTestFacts? _facts;
    private PoolTester? _tester;
    private NotHandedOut? _trouble;

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
        _isLoading = true;
        try
        {
            var answer = await Tests.DescribeAsync(await SessionAsync(), Cluster, Pool, _leaving.Token);
            if (_asked == asked)
            {
                _ = answer.TryGet(out _facts, out _trouble);
                _tester = new PoolTester((connectAs, token) => TestAsync(asked, connectAs, token));
                _isLoading = false;
            }
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // The page is gone, and nobody waits for this any more.
        }
    }

    // The session as it is then, not as it was when the page was opened.
    private async Task<Result<ProbeReport, NotHandedOut>> TestAsync((Guid Cluster, string Pool) of, string? connectAs, CancellationToken cancellationToken) =>
        await Tests.TestAsync(await SessionAsync(), of.Cluster, of.Pool, connectAs, cancellationToken);

    private async Task<SessionKey> SessionAsync() =>
        SessionKey.Of(Authentication is null ? null : (await Authentication).User) ?? SessionKey.None;
}

/// <summary>Makes a test of the panel's pool.</summary>
/// <param name="TestAsync">Takes the user that was chosen for an inbound-user pool, otherwise null.</param>
internal sealed record PoolTester(Func<string?, CancellationToken, Task<Result<ProbeReport, NotHandedOut>>> TestAsync);
