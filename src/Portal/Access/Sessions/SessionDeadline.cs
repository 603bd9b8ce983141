using System.Globalization;

namespace Portal.Access;

/// <summary>When a session will end if its person does nothing more.</summary>
/// <param name="At">The earlier of the idle end and the longest life.</param>
/// <param name="WarnAt">When its pages begin to say so: two minutes before, or half of the idle time where that is less.</param>
/// <param name="IsFinal">It is the longest life, which nothing extends.</param>
internal sealed record SessionDeadline(DateTimeOffset At, DateTimeOffset WarnAt, bool IsFinal)
{
    private static readonly TimeSpan WarnBefore = TimeSpan.FromMinutes(2);

    public static SessionDeadline Of(Session row, TimeSpan idle)
    {
        var idleEnd = row.LastActivityAt + idle;
        var isFinal = row.ExpiresAt <= idleEnd;
        var at = isFinal ? row.ExpiresAt : idleEnd;
        var before = idle / 2 < WarnBefore ? idle / 2 : WarnBefore;
        return new SessionDeadline(at, at - before, isFinal);
    }

    /// <summary>How long there is left, as one says it.</summary>
    public static string Spoken(TimeSpan left) => Math.Ceiling(left.TotalSeconds) switch
    {
        > 100 => "2 minutes",
        > 55 => "1 minute",
        var seconds => string.Create(CultureInfo.InvariantCulture, $"{seconds} seconds"),
    };
}
