using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace Portal.Operations.Telemetry;

/// <summary>Counts what happens in this process, for the meter and for the admin page. While nobody asks it costs an addition.</summary>
/// <param name="label">What tells the counts apart. Its values must be few: each is a series of its own wherever metrics are kept.</param>
/// <param name="otherLabel">A second one; none by default.</param>
internal sealed class Tally(string label, string? otherLabel = null)
{
    private readonly ConcurrentDictionary<(string Value, string? Other), StrongBox<long>> _counts = new();

    public long Total => _counts.Values.Sum(Read);

    /// <summary>It is 0 from the start: a rate needs something to rise from.</summary>
    public Tally Expect(string value, string? other = null)
    {
        _counts.TryAdd((value, other), new StrongBox<long>());
        return this;
    }

    public void Add(string value, string? other = null) => Interlocked.Increment(ref _counts.GetOrAdd((value, other), static _ => new StrongBox<long>()).Value);

    /// <summary>All with this value of the first label.</summary>
    public long Of(string value) => _counts.Where(count => count.Key.Value == value).Sum(count => Read(count.Value));

    public IEnumerable<Measurement<long>> Measure() => _counts.Select(count => new Measurement<long>(Read(count.Value), Labels(count.Key.Value, count.Key.Other)));

    private KeyValuePair<string, object?>[] Labels(string value, string? other) =>
        otherLabel is null ? [new(label, value)] : [new(label, value), new(otherLabel, other)];

    private static long Read(StrongBox<long> count) => Interlocked.Read(ref count.Value);
}
