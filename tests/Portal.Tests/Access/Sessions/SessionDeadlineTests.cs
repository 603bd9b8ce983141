using Portal.Access;

namespace Portal.Tests.Access.Sessions;

public sealed class SessionDeadlineTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 25, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("00:15:00", "00:15:00", "00:13:00")]
    [InlineData("01:00:00", "01:00:00", "00:58:00")]
    [InlineData("00:04:00", "00:04:00", "00:02:00")]
    [InlineData("00:01:00", "00:01:00", "00:00:30")]
    public void Two_minutes_before_the_idle_end_it_is_said_and_in_a_short_session_at_half_of_it(string idle, string end, string warning)
    {
        var deadline = SessionDeadline.Of(Row(lastActivity: Start), TimeSpan.Parse(idle, System.Globalization.CultureInfo.InvariantCulture));

        (deadline.At - Start).ToString().ShouldBe(end);
        (deadline.WarnAt - Start).ToString().ShouldBe(warning);
        deadline.IsFinal.ShouldBeFalse();
    }

    [Theory]
    [InlineData(7, 44, false)]
    [InlineData(7, 45, true)]
    [InlineData(7, 59, true)]
    public void Nothing_extends_a_session_beyond_its_longest_life(int hours, int minutes, bool isFinal)
    {
        var deadline = SessionDeadline.Of(Row(lastActivity: Start + new TimeSpan(hours, minutes, 0)), TimeSpan.FromMinutes(15));

        deadline.IsFinal.ShouldBe(isFinal);
        deadline.At.ShouldBe(isFinal ? Start.AddHours(8) : Start.AddHours(7).AddMinutes(59));
    }

    private static Session Row(DateTimeOffset lastActivity) => new()
    {
        KeyHash = [],
        PersonId = "a",
        PersonName = "a",
        Roles = "[]",
        Groups = "[]",
        NonceHash = [],
        CreatedAt = Start,
        LastActivityAt = lastActivity,
        ExpiresAt = Start.AddHours(8),
    };
}
