using System.Globalization;

namespace Portal.Benchmarks.Results;

/// <summary>One line of the table.</summary>
internal sealed record Row
{
    /// <summary>As <c>--only</c> takes it.</summary>
    public required string Id { get; init; }

    public required string Figure { get; init; }

    public required Unit Unit { get; init; }

    public required Samples Portal { get; init; }

    /// <summary>The same of what the portal is held against, in the same run.</summary>
    public Samples? Yardstick { get; init; }

    /// <summary>What the yardstick is, in words.</summary>
    public string? YardstickName { get; init; }

    /// <summary>Null for a figure that is only told.</summary>
    public Target? Target { get; init; }

    /// <summary>Which percentile counts.</summary>
    public double Percentile { get; init; } = 50;

    public string? Note { get; init; }

    public double? Ratio => Yardstick is { } yardstick && yardstick.Percentile(Percentile) is > 0 and var divisor ? Portal.Percentile(Percentile) / divisor : null;

    /// <summary>Null without a target, or when it cannot be said.</summary>
    public bool? IsMet => Target switch
    {
        null => null,
        { IsRatio: true } => Ratio is { } ratio ? Target.IsMetBy(ratio) : null,
        _ => Target.IsMetBy(Portal.Percentile(Percentile)),
    };

    public string Verdict => IsMet switch
    {
        true => "met",
        false => "NOT MET",
        null => Target is null ? "" : "not known",
    };

    public string RatioText => Ratio is { } ratio ? string.Create(CultureInfo.InvariantCulture, $"{ratio:0.00} x") : "";

    /// <summary>The value that counts, and from where to where the values went when there are several.</summary>
    public string Text(Samples samples)
    {
        var text = UnitText.Of(samples.Percentile(Percentile), Unit);
        return samples.Count == 1 ? text : $"{text} ({UnitText.Of(samples.Least, Unit)} to {UnitText.Of(samples.Most, Unit)}, n={samples.Count})";
    }
}

/// <summary>What one measurement came to.</summary>
/// <param name="Failure">Why there is nothing; null when there is.</param>
internal sealed record Outcome(string Id, IReadOnlyList<Row> Rows, TimeSpan Took, string? Failure = null);
