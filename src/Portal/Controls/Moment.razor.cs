using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Portal.Controls;

/// <summary>When something happened: in the time zone of the browser, and how long ago. Costs the server nothing after it was rendered.</summary>
public sealed partial class Moment(TimeProvider clock)
{
    [Parameter, EditorRequired]
    public required DateTimeOffset At { get; set; }

    [Parameter]
    public MomentForm Form { get; set; }

    private string Written => At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private string Fallback => Form switch
    {
        MomentForm.Relative => Ago,
        MomentForm.Clock => $"{Format("d MMM yyyy, HH:mm")} UTC",
        MomentForm.Seconds => $"{Format("HH:mm:ss")} UTC",
        _ => $"{Format("d MMM yyyy, HH:mm")} UTC ({Ago})",
    };

    private string Ago
    {
        get
        {
            var past = clock.GetUtcNow() - At;
            var (count, unit) = past.Duration() switch
            {
                { TotalDays: >= 1 } length => ((int)length.TotalDays, "day"),
                { TotalHours: >= 1 } length => ((int)length.TotalHours, "hour"),
                { TotalMinutes: >= 1 } length => ((int)length.TotalMinutes, "minute"),
                _ => (0, ""),
            };

            return (count, past.Ticks) switch
            {
                (0, _) => "just now",
                (_, < 0) => $"in {Count(count, unit)}",
                _ => $"{Count(count, unit)} ago",
            };
        }
    }

    private static string Count(int count, string unit) => string.Create(CultureInfo.InvariantCulture, $"{count} {unit}{(count == 1 ? "" : "s")}");

    private string Format(string format) => At.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
}

public enum MomentForm
{
    /// <summary>23 Nov 2026, 14:02 (3 minutes ago); without the day when it is today.</summary>
    Full,

    /// <summary>3 minutes ago.</summary>
    Relative,

    /// <summary>14:02, or 23 Nov 2026, 14:02 when it is not today.</summary>
    Clock,

    /// <summary>14:02:11, for steps that follow one another.</summary>
    Seconds,
}
