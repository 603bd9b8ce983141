using System.Globalization;

namespace Portal.Benchmarks.Results;

/// <summary>What the numbers of a figure are, and how they are written.</summary>
internal enum Unit
{
    Count,
    Milliseconds,
    Minutes,
    Kilobytes,
    RowsPerSecond,
}

internal static class UnitText
{
    public static string Of(double value, Unit unit) => unit switch
    {
        Unit.Milliseconds when value >= 1000 => string.Create(CultureInfo.InvariantCulture, $"{value / 1000:0.00} s"),
        Unit.Milliseconds => string.Create(CultureInfo.InvariantCulture, $"{value:0.#} ms"),
        Unit.Minutes => string.Create(CultureInfo.InvariantCulture, $"{value:0.0} min"),
        Unit.Kilobytes => string.Create(CultureInfo.InvariantCulture, $"{value:0.#} kB"),
        Unit.RowsPerSecond => string.Create(CultureInfo.InvariantCulture, $"{value:N0} rows/s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value:#,0.##}"),
    };
}
