namespace Portal.Benchmarks.Results;

/// <summary>What was measured again and again, in one unit.</summary>
internal sealed class Samples
{
    private readonly double[] _sorted;

    public Samples(IEnumerable<double> values)
    {
        Values = [.. values];
        _sorted = [.. Values.Order()];
        if (_sorted.Length == 0)
        {
            throw new ArgumentException("Nothing was measured.", nameof(values));
        }
    }

    /// <summary>In the order in which they were measured.</summary>
    public IReadOnlyList<double> Values { get; }

    public int Count => _sorted.Length;

    public double Least => _sorted[0];

    public double Most => _sorted[^1];

    /// <summary>The one in the middle; of an even number the mean of the two.</summary>
    public double Median => (_sorted[(Count - 1) / 2] + _sorted[Count / 2]) / 2;

    public static Samples Of(params IEnumerable<double> values) => new(values);

    /// <summary>The least value that so many percent of all do not exceed (the nearest rank); the 50th is the median.</summary>
    public double Percentile(double percent) => percent is 50 ? Median : _sorted[Math.Clamp((int)Math.Ceiling(percent / 100 * Count) - 1, 0, Count - 1)];

    public Samples Select(Func<double, double> change) => new(Values.Select(change));
}
