using Microsoft.Extensions.Options;
using Portal.DigitalOcean;
using Portal.Storage;

namespace Portal.Inventory;

/// <summary>The calls that DigitalOcean allows the portal's token, for everybody who makes them, at whichever portal. What would be refused with 429 is not sent.</summary>
/// <remarks>
/// 250 calls a minute and 5,000 an hour, each counted from its own time
/// (<see href="https://docs.digitalocean.com/reference/api/reference/#rate-limit"/>). The background has its own share of it, spread evenly,
/// and stands back as soon as people need more than the rest.
/// </remarks>
internal sealed class CallBudget : IApiCallObserver
{
    private const string Topic = "call";

    // However much people use, so many are left for the next of them: the background does not take the last ones.
    private const int LeftInMinute = 25;
    private const int LeftInHour = 100;

    private readonly Lock _lock = new();
    private readonly Neighbours _neighbours;
    private readonly TimeProvider _clock;
    private readonly SlidingWindow _minute;
    private readonly SlidingWindow _hour;
    private readonly SlidingWindow _people;
    private readonly Bucket _background;
    private readonly ToldAllowance _told = new();
    private int _underWay;

    public CallBudget(IOptions<InventoryOptions> options, IOptions<DigitalOceanOptions> api, Neighbours neighbours, TimeProvider clock)
    {
        (_neighbours, _clock) = (neighbours, clock);
        _minute = new SlidingWindow(api.Value.CallsPerMinute, TimeSpan.FromMinutes(1));
        _hour = new SlidingWindow(api.Value.CallsPerHour, TimeSpan.FromHours(1));
        _people = new SlidingWindow(Math.Max(0, api.Value.CallsPerHour - options.Value.CallsPerHour), TimeSpan.FromHours(1));
        _background = new Bucket(options.Value.CallsPerMinute, options.Value.CallsPerHour, clock.GetUtcNow());
        neighbours.Listen(Topic, CountElsewhere);
    }

    /// <summary>Calls an hour that the background makes in the long run, when it has enough to do.</summary>
    public double BackgroundPerHour => _background.PerHour;

    public int PerMinute => _minute.Limit;

    public int PerHour => _hour.Limit;

    /// <summary>How many calls DigitalOcean still allows the token, in the minute and in the hour, whoever makes them.</summary>
    public (int Minute, int Hour) Left()
    {
        lock (_lock)
        {
            var now = _clock.GetUtcNow();
            var hour = _hour.LeftAt(now);
            // Others may use the token too.
            return (_minute.LeftAt(now), Math.Max(0, Math.Min(hour, _told.LeftAt(now) ?? hour)));
        }
    }

    /// <summary>How long this caller would have to wait for one call; zero when it may be made.</summary>
    public TimeSpan WaitFor(CallFor whom)
    {
        lock (_lock)
        {
            return WaitAt(whom, _clock.GetUtcNow());
        }
    }

    /// <summary>How many calls this caller may make at this moment.</summary>
    public int Room(CallFor whom)
    {
        lock (_lock)
        {
            var now = _clock.GetUtcNow();
            var isBackground = whom is CallFor.Background;
            int[] rooms =
            [
                isBackground ? _background.RoomAt(now) : int.MaxValue,
                _minute.LeftAt(now) - (isBackground ? LeftInMinute : 0),
                _hour.LeftAt(now) - (isBackground ? LeftInHour : 0),
            ];
            return WaitAt(whom, now) > TimeSpan.Zero ? 0 : rooms.Min();
        }
    }

    /// <summary>Counts a call that is about to be sent. Every one that was let go must be ended.</summary>
    /// <returns>When to come again, if it may not be sent; otherwise null.</returns>
    public DateTimeOffset? TryBegin(CallFor whom)
    {
        lock (_lock)
        {
            var now = _clock.GetUtcNow();
            if (WaitAt(whom, now) is { Ticks: > 0 } wait)
            {
                return now + wait;
            }

            if (whom is CallFor.Background)
            {
                _background.Take(now);
            }
            else
            {
                _people.Begin();
            }

            _minute.Begin();
            _hour.Begin();
            _told.Begin(now);
            _underWay++;
        }

        _neighbours.Say(Topic, whom.ToString());
        return null;
    }

    /// <summary>The call has its answer, or will have none.</summary>
    public void End(CallFor whom)
    {
        lock (_lock)
        {
            var now = _clock.GetUtcNow();
            _minute.End(now);
            _hour.End(now);
            if (whom is CallFor.People)
            {
                _people.End(now);
            }

            _underWay--;
        }
    }

    void IApiCallObserver.Seen(ApiCall call)
    {
        if (call.RateLimit is not { } told)
        {
            return;
        }

        lock (_lock)
        {
            _told.Hear(told, call.Status is StatusCodes.Status429TooManyRequests, _underWay, _clock.GetUtcNow());
        }
    }

    /// <summary>Another portal has begun a call with the same token. Two that take the last one at the same moment are one too many; DigitalOcean's 429 is waited for.</summary>
    private void CountElsewhere(string whom)
    {
        lock (_lock)
        {
            var now = _clock.GetUtcNow();
            _minute.Count(now);
            _hour.Count(now);
            _told.Begin(now);
            if (whom == nameof(CallFor.People))
            {
                _people.Count(now);
            }
        }
    }

    private TimeSpan WaitAt(CallFor whom, DateTimeOffset now)
    {
        var isBackground = whom is CallFor.Background;
        TimeSpan[] waits =
        [
            isBackground ? _background.WaitAt(now) : TimeSpan.Zero,
            _minute.LeftAt(now) > (isBackground ? LeftInMinute : 0) ? TimeSpan.Zero : _minute.NextAt(now) - now,
            _hour.LeftAt(now) > (isBackground ? LeftInHour : 0) ? TimeSpan.Zero : _hour.NextAt(now) - now,
            // Others may use the token too: what people have not had of their share this hour stays theirs.
            _told.WaitAt(now, isBackground ? Math.Max(LeftInHour, _people.LeftAt(now)) : 0),
        ];
        return waits.Max();
    }
}
