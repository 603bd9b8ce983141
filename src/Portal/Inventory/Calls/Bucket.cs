namespace Portal.Inventory;

/// <summary>Lets the background spend its calls evenly: so many at once, then one now and again.</summary>
/// <remarks>
/// Size and rate are chosen so that, whatever happened before, no minute has more than so many calls and no hour more than so many: a
/// plain count of the hour would let all of them go in the first 22 minutes and then show lists that nobody reads again for 38.
/// </remarks>
internal sealed class Bucket
{
    private readonly int _size;
    private readonly double _perSecond;
    private double _calls;
    private DateTimeOffset _at;

    public Bucket(int perMinute, int perHour, DateTimeOffset now)
    {
        // Both bounds are kept when size + 60 × rate <= perMinute and size + 3600 × rate <= perHour; the size solves both.
        _size = Math.Clamp(((60 * perMinute) - perHour) / 59, 1, Math.Max(1, Math.Min(perMinute, perHour / 2)));
        _perSecond = Math.Min((perMinute - _size + 1) / 60.0, (perHour - _size + 1) / 3600.0);
        _calls = _size;
        _at = now;
    }

    /// <summary>Calls an hour in the long run.</summary>
    public double PerHour => _perSecond * 3600;

    /// <summary>Takes one. Ask for room before.</summary>
    public void Take(DateTimeOffset now)
    {
        Fill(now);
        _calls--;
    }

    /// <summary>How many there are now.</summary>
    public int RoomAt(DateTimeOffset now)
    {
        Fill(now);
        return (int)_calls;
    }

    /// <summary>How long until there is one.</summary>
    public TimeSpan WaitAt(DateTimeOffset now)
    {
        Fill(now);
        return _calls >= 1 ? TimeSpan.Zero : TimeSpan.FromSeconds((1 - _calls) / _perSecond) + TimeSpan.FromMilliseconds(1);
    }

    private void Fill(DateTimeOffset now)
    {
        // A clock that is set back fills nothing and takes nothing away.
        _calls = Math.Min(_size, _calls + (Math.Max(0, (now - _at).TotalSeconds) * _perSecond));
        _at = now;
    }
}
