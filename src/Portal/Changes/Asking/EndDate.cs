using System.Globalization;

namespace Portal.Changes;

/// <summary>The day until which a pool is wanted. It is a day of the calendar, in UTC for everybody, and the pool is still wanted on it.</summary>
internal static class EndDate
{
    /// <summary>Nobody plans further; such a date is a slip of the finger.</summary>
    public static readonly TimeSpan Furthest = TimeSpan.FromDays(730);

    /// <summary>The form that a date field has and takes.</summary>
    private const string Field = "yyyy-MM-dd";

    /// <param name="typed">As a date field sends it; nothing for no end.</param>
    /// <returns>The last moment of that day, or why it cannot be that day, as a sentence without its end.</returns>
    public static (DateTimeOffset? EndsAt, string? Mistake) Read(string? typed, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(typed))
        {
            return (null, null);
        }

        if (!DateOnly.TryParseExact(typed.Trim(), Field, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return (null, "Wanted until must be a date, like 2026-12-31");
        }

        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var last = DateOnly.FromDateTime((now + Furthest).UtcDateTime);
        return day <= today ? (null, "Wanted until must be after today")
            : day > last ? (null, $"Wanted until must be within two years, until {Words(last)}")
            : (new DateTimeOffset(day.ToDateTime(new TimeOnly(23, 59, 59)), TimeSpan.Zero), null);
    }

    /// <summary>"31 Dec 2026".</summary>
    public static string Words(DateTimeOffset endsAt) => Words(DateOnly.FromDateTime(endsAt.UtcDateTime));

    /// <summary>As a date field takes it; nothing for no end.</summary>
    public static string? Typed(DateTimeOffset? endsAt) => endsAt?.UtcDateTime.ToString(Field, CultureInfo.InvariantCulture);

    private static string Words(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}
