namespace Portal.Sandbox.DigitalOcean;

/// <summary>What the rate limit says to one request.</summary>
/// <param name="Reset">When the oldest request that still counts stops counting.</param>
/// <param name="RetryAfter">Seconds to wait; only the limit of a minute says so.</param>
internal sealed record RateReading(bool IsAllowed, int Remaining, DateTimeOffset Reset, int? RetryAfter);

/// <summary>The limits of each token, sliding: a request counts for a minute, and for an hour, from its own time.</summary>
internal sealed class RateLimit(SandboxOptions options, TimeProvider clock)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Windows> _windows = new(StringComparer.Ordinal);

    public int PerHour => options.RequestsPerHour;

    public RateReading Take(string token)
    {
        lock (_lock)
        {
            if (!_windows.TryGetValue(token, out var windows))
            {
                _windows[token] = windows = new Windows([], []);
            }

            var now = clock.GetUtcNow();
            Forget(windows.Minute, now - Minute);
            Forget(windows.Hour, now - Hour);
            if (windows.Minute.Count >= options.RequestsPerMinute)
            {
                var wait = windows.Minute.Peek() + Minute - now;
                return new RateReading(false, 0, Reset(windows, now), Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)));
            }

            if (windows.Hour.Count >= options.RequestsPerHour)
            {
                return new RateReading(false, 0, Reset(windows, now), RetryAfter: null);
            }

            windows.Minute.Enqueue(now);
            windows.Hour.Enqueue(now);
            return new RateReading(true, options.RequestsPerHour - windows.Hour.Count, Reset(windows, now), RetryAfter: null);
        }
    }

    private static DateTimeOffset Reset(Windows windows, DateTimeOffset now) =>
        (windows.Hour.TryPeek(out var oldest) ? oldest : now) + Hour;

    private static void Forget(Queue<DateTimeOffset> window, DateTimeOffset until)
    {
        while (window.TryPeek(out var oldest) && oldest <= until)
        {
            window.Dequeue();
        }
    }

    private sealed record Windows(Queue<DateTimeOffset> Minute, Queue<DateTimeOffset> Hour);
}
