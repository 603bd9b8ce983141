using System.Globalization;
using Portal.DigitalOcean;
using Portal.Inventory;

namespace Portal.Pools.Fields;

/// <summary>What somebody told the calculator, as typed. It lives in the form and its draft, and in nothing else.</summary>
public sealed record SizeCalculation
{
    private const int Largest = 1_000_000;
    private const int MostInstances = 10_000;

    /// <summary>Transactions a second at the busiest time.</summary>
    public string? PerSecond { get; init; }

    /// <summary>How long one takes on average.</summary>
    public string? Milliseconds { get; init; }

    /// <summary>How many processes of the app run.</summary>
    public string? Instances { get; init; }

    /// <summary>How many connections each of them opens at most.</summary>
    public string? ConnectionsEach { get; init; }

    /// <summary>What is needed in this mode, or null as long as something is missing or is no number.</summary>
    internal int? Needed(PoolMode mode) => mode is PoolMode.Session
        ? Whole(Instances) is { } instances && Whole(ConnectionsEach) is { } each ? Sizing.ForSessions(instances, each) : null
        : Number(PerSecond) is { } rate && Number(Milliseconds) is { } time ? Sizing.ForTraffic(rate, time) : null;

    /// <summary>Something was typed that is no number, so that nothing can come of it.</summary>
    internal bool IsWrong(PoolMode mode) => mode is PoolMode.Session
        ? (IsTyped(Instances) && Whole(Instances) is null) || (IsTyped(ConnectionsEach) && Whole(ConnectionsEach) is null)
        : (IsTyped(PerSecond) && Number(PerSecond) is null) || (IsTyped(Milliseconds) && Number(Milliseconds) is null);

    private static bool IsTyped(string? text) => !string.IsNullOrWhiteSpace(text);

    private static decimal? Number(string? text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number)
        && number is > 0 and <= Largest
            ? number
            : null;

    private static int? Whole(string? text) =>
        int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= MostInstances
            ? number
            : null;
}
