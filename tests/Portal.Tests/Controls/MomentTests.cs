using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Portal.Controls;

namespace Portal.Tests.Controls;

public sealed class MomentTests : BunitContext
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 14, 5, 11, TimeSpan.Zero);

    public MomentTests() => Services.AddSingleton<TimeProvider>(new ManualTimeProvider(Now));

    [Fact]
    public void It_is_written_in_utc_for_machines_whatever_its_offset()
    {
        var moment = Show(new DateTimeOffset(2026, 11, 23, 15, 2, 0, TimeSpan.FromHours(1)), MomentForm.Full);

        moment.Find("time").GetAttribute("datetime").ShouldBe("2026-11-23T14:02:00Z");
        moment.Find("local-moment").GetAttribute("at").ShouldBe("2026-11-23T14:02:00Z");
    }

    [Theory]
    [InlineData(MomentForm.Full, "23 Nov 2026, 14:02 UTC (3 minutes ago)")]
    [InlineData(MomentForm.Relative, "3 minutes ago")]
    [InlineData(MomentForm.Clock, "23 Nov 2026, 14:02 UTC")]
    [InlineData(MomentForm.Seconds, "14:02:00 UTC")]
    public void Until_the_browser_knows_better_it_is_said_in_utc(MomentForm form, string expected) =>
        Show(new DateTimeOffset(2026, 11, 23, 14, 2, 0, TimeSpan.Zero), form).Find("local-moment").TextContent.ShouldBe(expected);

    [Theory]
    [InlineData(0, "just now")]
    [InlineData(59, "just now")]
    [InlineData(60, "1 minute ago")]
    [InlineData(3_600, "1 hour ago")]
    [InlineData(86_399, "23 hours ago")]
    [InlineData(172_800, "2 days ago")]
    [InlineData(-59, "just now")]
    [InlineData(-7_200, "in 2 hours")]
    public void How_long_ago_is_said_in_its_largest_unit(int seconds, string expected) =>
        Show(Now.AddSeconds(-seconds), MomentForm.Relative).Find("local-moment").TextContent.ShouldBe(expected);

    private IRenderedComponent<Moment> Show(DateTimeOffset at, MomentForm form) =>
        Render<Moment>(parameters => parameters.Add(moment => moment.At, at).Add(moment => moment.Form, form));
}
