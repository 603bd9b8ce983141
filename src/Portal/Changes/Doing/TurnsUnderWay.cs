using System.Collections.Concurrent;

namespace Portal.Changes;

/// <summary>The turns that this process is at, one a change.</summary>
internal sealed class TurnsUnderWay
{
    private readonly ConcurrentDictionary<long, Task> _turns = new();

    public int Count => _turns.Count;

    public IReadOnlyList<long> Changes => [.. _turns.Keys];

    /// <summary>Begins a turn on another thread, and forgets it when it has ended.</summary>
    /// <param name="ended">Called after it was forgotten.</param>
    public void Start(long change, Func<Task> turn, Action ended)
    {
        // A turn that ended before it was listed would stay on the list for good, and its change would never have another one.
        var isListed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _turns[change] = RunAsync(change, isListed.Task, turn, ended);
        isListed.SetResult();
    }

    /// <summary>Every turn that was under way has ended.</summary>
    public Task EndedAsync() => Task.WhenAll(_turns.Values);

    private async Task RunAsync(long change, Task isListed, Func<Task> turn, Action ended)
    {
        await isListed;
        try
        {
            await turn();
        }
        finally
        {
            _turns.TryRemove(change, out _);
            ended();
        }
    }
}
