using System.Globalization;

namespace Portal.Benchmarks.Results;

/// <summary>What a figure is to reach.</summary>
/// <param name="IsRatio">It is about the portal's figure divided by the yardstick's; otherwise about the portal's alone.</param>
internal sealed record Target(double Limit, bool IsAtLeast, bool IsRatio)
{
    public static Target AtMost(double limit) => new(limit, IsAtLeast: false, IsRatio: false);

    public static Target AtLeast(double limit) => new(limit, IsAtLeast: true, IsRatio: false);

    public static Target AtMostTimes(double limit) => new(limit, IsAtLeast: false, IsRatio: true);

    public static Target AtLeastTimes(double limit) => new(limit, IsAtLeast: true, IsRatio: true);

    public bool IsMetBy(double value) => IsAtLeast ? value >= Limit : value <= Limit;

    public string Text(Unit unit) =>
        $"{(IsAtLeast ? ">=" : "<=")} {(IsRatio ? string.Create(CultureInfo.InvariantCulture, $"{Limit:0.##} x") : UnitText.Of(Limit, unit))}";
}
