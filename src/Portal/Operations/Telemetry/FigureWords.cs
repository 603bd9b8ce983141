using System.Globalization;
using System.Text.Json;

namespace Portal.Operations.Telemetry;

/// <summary>Figures as people read them, and names as metrics have them.</summary>
internal static class FigureWords
{
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    public static string Count(long count, string one, string many) => $"{Count(count)} {(count == 1 ? one : many)}";

    /// <summary>In the largest unit that fits: <c>3 hours</c>.</summary>
    public static string Long(TimeSpan time) => time switch
    {
        { TotalDays: >= 2 } => Count((long)time.TotalDays, "day", "days"),
        { TotalHours: >= 2 } => Count((long)time.TotalHours, "hour", "hours"),
        { TotalMinutes: >= 2 } => Count((long)time.TotalMinutes, "minute", "minutes"),
        _ => Count((long)Math.Max(0, time.TotalSeconds), "second", "seconds"),
    };

    /// <summary>The value of a label: <c>WaitingForReview</c> is <c>waiting_for_review</c>.</summary>
    public static string Label(Enum value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
