using Portal.Inventory;

namespace Portal.Tests.Inventory.Calls;

public sealed class BucketTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 25, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(180, 4000)]
    [InlineData(250, 5000)]
    [InlineData(250, 100)]
    [InlineData(10, 4000)]
    [InlineData(1, 5000)]
    [InlineData(1, 1)]
    [InlineData(250, 1)]
    [InlineData(60, 3600)]
    public void No_minute_and_no_hour_has_more_than_it_may_however_greedy_the_caller(int perMinute, int perHour)
    {
        var bucket = new Bucket(perMinute, perHour, Start);
        List<DateTimeOffset> calls = [];
        for (var now = Start; now < Start.AddHours(3);)
        {
            if (bucket.WaitAt(now) is { Ticks: > 0 } wait)
            {
                now += wait;
                continue;
            }

            bucket.Take(now);
            calls.Add(now);
        }

        Most(calls, TimeSpan.FromMinutes(1)).ShouldBeLessThanOrEqualTo(perMinute);
        Most(calls, TimeSpan.FromHours(1)).ShouldBeLessThanOrEqualTo(perHour);
    }

    [Fact]
    public void With_the_defaults_nearly_all_of_an_hour_is_used_and_a_hundred_calls_go_at_once()
    {
        var bucket = new Bucket(180, 4000, Start);

        bucket.RoomAt(Start).ShouldBe(115);
        bucket.PerHour.ShouldBe(3886, tolerance: 1);
    }

    [Fact]
    public void A_clock_that_is_set_back_gives_nothing_and_takes_nothing()
    {
        var bucket = new Bucket(180, 4000, Start);
        for (var call = 0; call < 115; call++)
        {
            bucket.Take(Start);
        }

        bucket.RoomAt(Start.AddHours(-1)).ShouldBe(0);
        bucket.RoomAt(Start.AddHours(-1).AddSeconds(10)).ShouldBe(10);
    }

    private static int Most(List<DateTimeOffset> calls, TimeSpan length)
    {
        var most = 0;
        var from = 0;
        for (var to = 0; to < calls.Count; to++)
        {
            while (calls[to] - calls[from] >= length)
            {
                from++;
            }

            most = Math.Max(most, to - from + 1);
        }

        return most;
    }
}
