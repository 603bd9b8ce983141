using Portal.Benchmarks.Results;

namespace Portal.Tests.Benchmarks;

public sealed class ResultTests
{
    private static readonly Row Slow = new()
    {
        Id = "P1",
        Figure = "time to first click",
        Unit = Unit.Milliseconds,
        Portal = Samples.Of(300, 200, 1200),
        Yardstick = Samples.Of(400, 150),
        YardstickName = "template",
        Target = Target.AtMostTimes(0.95),
    };

    [Theory]
    [InlineData(50, 50.5)]
    [InlineData(75, 75)]
    [InlineData(99, 99)]
    [InlineData(99.5, 100)]
    [InlineData(100, 100)]
    public void A_percentile_is_the_least_value_that_so_many_do_not_exceed(double percent, double value) =>
        new Samples(Enumerable.Range(1, 100).Reverse().Select(number => (double)number)).Percentile(percent).ShouldBe(value);

    [Fact]
    public void The_median_of_an_odd_number_is_the_one_in_the_middle() => Samples.Of(9, 1, 5).Median.ShouldBe(5);

    [Fact]
    public void Nothing_measured_is_no_figure() => Should.Throw<ArgumentException>(() => Samples.Of());

    [Fact]
    public void A_ratio_is_of_the_two_medians_and_is_held_against_its_target()
    {
        Slow.Ratio!.Value.ShouldBe(300.0 / 275, 0.0001);
        Slow.IsMet.ShouldBe(false);
        (Slow with { Target = Target.AtMostTimes(1.1) }).IsMet.ShouldBe(true);
        (Slow with { Target = Target.AtMost(300) }).IsMet.ShouldBe(true);
        (Slow with { Target = Target.AtMost(300), Percentile = 95 }).IsMet.ShouldBe(false);
        (Slow with { Target = Target.AtLeast(301) }).IsMet.ShouldBe(false);
        (Slow with { Target = null }).IsMet.ShouldBeNull();
        (Slow with { Yardstick = null }).IsMet.ShouldBeNull();
    }

    [Fact]
    public void The_table_says_what_was_met_what_was_not_and_what_was_not_measured()
    {
        var lines = Table.Lines(
        [
            new Outcome("P1", [Slow, Slow with { Figure = "the same", Target = Target.AtMost(2000), Percentile = 95, Note = "told once" }], TimeSpan.Zero),
            new Outcome("P9", [], TimeSpan.Zero, "It ended."),
        ]);

        lines.Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ShouldBe(
        [
            "# figure portal yardstick ratio target",
            "P1 time to first click 300 ms (200 ms to 1.20 s, n=3) template: 275 ms (150 ms to 400 ms, n=2) 1.09 x <= 0.95 x NOT MET",
            "P1 the same, p95 1.20 s (200 ms to 1.20 s, n=3) template: 400 ms (150 ms to 400 ms, n=2) 3.00 x <= 2.00 s met",
            "P1: told once",
            "P9: NOT MEASURED. It ended.",
        ]);
        lines[1].IndexOf("300 ms", StringComparison.Ordinal).ShouldBe(lines[2].IndexOf("1.20 s", StringComparison.Ordinal));
    }
}
