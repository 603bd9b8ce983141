namespace Portal.Operations;

/// <summary>What a background service sleeps by: until something has happened, or for a time. However often it happens meanwhile, it wakes once.</summary>
internal sealed class WakeUp(TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _signal = new(0, 1);

    public void Ring()
    {
        try
        {
            _signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // Awake already.
        }
    }

    /// <summary>Returns as well when it is cancelled; what that means the caller's loop says.</summary>
    public async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var rung = _signal.WaitAsync(waiting.Token);
        await Task.WhenAny(rung, Task.Delay(longest, clock, waiting.Token));
        await waiting.CancelAsync();
        await rung.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _signal.Dispose();
}
