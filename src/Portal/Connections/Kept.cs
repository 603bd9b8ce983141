using System.Collections.Concurrent;
using Portal.DigitalOcean;

namespace Portal.Connections;

/// <summary>Answers about clusters, kept in memory for a while: for what is public, and changes once in years. A failure is not kept.</summary>
internal sealed class Kept<T>(TimeSpan time, TimeProvider clock)
    where T : notnull
{
    private readonly ConcurrentDictionary<Guid, (T Value, DateTimeOffset ReadAt)> _kept = new();

    /// <param name="cluster">One that is known to exist: every id that is asked for may take a place here.</param>
    public async Task<Result<T, ApiFailure>> GetAsync(Guid cluster, Func<Task<Result<T, ApiFailure>>> readAsync)
    {
        if (_kept.TryGetValue(cluster, out var kept) && clock.GetUtcNow() - kept.ReadAt < time)
        {
            return kept.Value;
        }

        var answer = await readAsync();
        if (answer.TryGet(out var value, out _))
        {
            _kept[cluster] = (value, clock.GetUtcNow());
        }

        return answer;
    }
}
