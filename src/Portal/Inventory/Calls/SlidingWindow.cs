namespace Portal.Inventory;

/// <summary>Counts calls as DigitalOcean does: each for so long from its own time.</summary>
/// <remarks>
/// Their clock starts when the request arrives, which is somewhere between its sending and its answer. So a call counts from its sending
/// on, and for the whole length after its answer: never shorter here than there.
/// </remarks>
internal sealed class SlidingWindow(int limit, TimeSpan length)
{
    private readonly Queue<DateTimeOffset> _answered = new();
    private int _underWay;

    public int Limit => limit;

    /// <summary>Calls that may be made now.</summary>
    public int LeftAt(DateTimeOffset now)
    {
        while (_answered.TryPeek(out var oldest) && oldest + length <= now)
        {
            _answered.Dequeue();
        }

        return limit - _answered.Count - _underWay;
    }

    /// <summary>When the next call stops counting; one that is under way may yet take the whole length.</summary>
    public DateTimeOffset NextAt(DateTimeOffset now) => (_answered.TryPeek(out var oldest) ? oldest : now) + length;

    public void Begin() => _underWay++;

    public void End(DateTimeOffset now)
    {
        _underWay--;
        Count(now);
    }

    /// <summary>A call that somebody else made.</summary>
    public void Count(DateTimeOffset now) => _answered.Enqueue(now);
}
