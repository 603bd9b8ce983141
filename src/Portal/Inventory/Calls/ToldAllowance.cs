using Portal.DigitalOcean;

namespace Portal.Inventory;

/// <summary>What DigitalOcean's own headers say is left of the hour: others may use the same token, and this process may have been started anew.</summary>
internal sealed class ToldAllowance
{
    // After a refusal, and when the allowance is used up and should be back: one call that asks, and its answer tells.
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(5);

    private int? _limit;
    private int? _left;
    private DateTimeOffset _resetAt;
    private DateTimeOffset _refusedUntil;

    /// <param name="underWay">Calls that were sent and not answered: the answer that speaks here may not have counted them.</param>
    public void Hear(RateLimit told, bool isRefusal, int underWay, DateTimeOffset now)
    {
        if (isRefusal)
        {
            // 0 also when only the minute is used up, and then the reset, which is the hour's, says nothing. Who was refused was told
            // when to come again; the background makes room.
            _refusedUntil = now + BetweenTries;
            return;
        }

        _limit = told.Limit ?? _limit;
        if (told.Remaining is { } remaining)
        {
            _left = remaining - underWay;
            // Told to the second, cut off: a call at that very second can be a second too early.
            _resetAt = told.ResetAt?.AddSeconds(1) ?? now + BetweenTries;
        }
    }

    /// <param name="now">This moment.</param>
    /// <param name="kept">Calls that are not for this caller; at most a fifth of what the token really has.</param>
    public TimeSpan WaitAt(DateTimeOffset now, int kept) =>
        kept > 0 && _refusedUntil > now ? _refusedUntil - now
        : _left is null || _left > Math.Min(kept, (_limit ?? int.MaxValue) / 5) || _resetAt <= now ? TimeSpan.Zero : _resetAt - now;

    /// <summary>How many calls were said to be left; null when nothing that still holds was said.</summary>
    public int? LeftAt(DateTimeOffset now) => _resetAt <= now ? null : _left;

    public void Begin(DateTimeOffset now)
    {
        if (_left is null)
        {
            return;
        }

        _left--;
        if (_resetAt <= now)
        {
            _resetAt = now + BetweenTries;
        }
    }
}
