using Portal.Inventory;

namespace Portal.Tests.Inventory.Refresh;

/// <summary>A day of the background and of people beside it, in seconds, against the rate limit to the letter.</summary>
public sealed class DayTests
{
    private static readonly TimeSpan Way = TimeSpan.FromMilliseconds(60);

    [Fact]
    public async Task In_a_day_with_1000_clusters_nothing_is_refused_and_no_cluster_is_older_than_its_bound()
    {
        var clock = new ManualTimeProvider();
        var account = new SimulatedAccount(clock, Way);
        using var board = SimulatedPortal.BoardOf(clock, 1000);
        using var portal = new SimulatedPortal(clock, account, board);
        var bound = RefreshBound.Of(1000, new InventoryOptions(), portal.Budget.BackgroundPerHour);
        var began = clock.GetUtcNow();
        var looked = began;
        var (oldest, readAll, people) = (TimeSpan.Zero, (DateTimeOffset?)null, new People(portal, clock));

        while (clock.GetUtcNow() < began.AddDays(1))
        {
            clock.Advance(await portal.Work.TurnAsync(CancellationToken.None));
            await people.LiveAsync();
            if (clock.GetUtcNow() - looked > TimeSpan.FromSeconds(5) && board.View.OldestReading is { } reading)
            {
                looked = clock.GetUtcNow();
                readAll ??= clock.GetUtcNow();
                oldest = new[] { oldest, clock.GetUtcNow() - reading }.Max();
            }
        }

        account.Refused.ShouldBe(0);
        account.MostInHour.ShouldBeInRange(4400, 5000);
        (readAll - began).ShouldNotBeNull().ShouldBeLessThan(bound);
        oldest.ShouldBeInRange(bound * 0.9, bound);
        people.Answered.ShouldBeGreaterThan(10_000);
        // In the one minute in which they asked for more than there is, they were told so instead of DigitalOcean refusing.
        people.HeldBack.ShouldBeInRange(1, 200);
    }

    [Fact]
    public async Task A_portal_that_starts_anew_learns_from_the_headers_what_was_used_before()
    {
        var clock = new ManualTimeProvider();
        var account = new SimulatedAccount(clock, Way);
        using var board = SimulatedPortal.BoardOf(clock, 1000);
        for (var call = 0; call < 4900; call++)
        {
            // Another process did that within the last hour.
            account.Take();
            clock.Advance(TimeSpan.FromMilliseconds(700));
        }

        using var portal = new SimulatedPortal(clock, account, board);
        var began = clock.GetUtcNow();
        while (clock.GetUtcNow() < began.AddHours(2))
        {
            clock.Advance(await portal.Work.TurnAsync(CancellationToken.None));
        }

        account.Refused.ShouldBe(0);
        board.View.Unread.ShouldBe(0);
    }

    [Fact]
    public async Task With_few_clusters_each_is_read_as_often_as_is_wished()
    {
        var clock = new ManualTimeProvider();
        var account = new SimulatedAccount(clock, Way);
        using var board = SimulatedPortal.BoardOf(clock, 40);
        using var portal = new SimulatedPortal(clock, account, board);
        var began = clock.GetUtcNow();
        var oldest = TimeSpan.Zero;
        while (clock.GetUtcNow() < began.AddHours(1))
        {
            clock.Advance(await portal.Work.TurnAsync(CancellationToken.None));
            oldest = board.View.OldestReading is { } reading ? new[] { oldest, clock.GetUtcNow() - reading }.Max() : oldest;
        }

        oldest.ShouldBeLessThan(TimeSpan.FromMinutes(1.5));
        // One list, 40 clusters a minute, and their replicas once.
        account.Calls.ShouldBeInRange(40 * 50, (41 * 60) + 100);
    }

    /// <summary>About 650 calls an hour: now and then a few, at lunch many at once, in one minute more than there are.</summary>
    private sealed class People(SimulatedPortal portal, ManualTimeProvider clock)
    {
        // The same day in every run.
        private readonly Random _dice = new(3);
        private DateTimeOffset _next = clock.GetUtcNow();
        private bool _hadLunch;

        public int Answered { get; private set; }

        public int HeldBack { get; private set; }

        public async Task LiveAsync()
        {
            var now = clock.GetUtcNow();
            if (now < _next)
            {
                return;
            }

            _next = now + TimeSpan.FromSeconds(_dice.Next(20, 100));
            var isLunch = now.Hour == 12 && !_hadLunch;
            _hadLunch |= isLunch;
            for (var call = isLunch ? 400 : _dice.Next(4, 18); call > 0; call--)
            {
                var isAnswered = await portal.AskAsync();
                Answered += isAnswered ? 1 : 0;
                HeldBack += isAnswered ? 0 : 1;
            }
        }
    }
}
