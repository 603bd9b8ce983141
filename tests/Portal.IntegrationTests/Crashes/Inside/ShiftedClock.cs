namespace Portal.IntegrationTests.Crashes;

/// <summary>The time of day of the portal's process, which can be set forward and back while its timers run on: what an administrator or a bad NTP server does.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    private long _ticks;

    public TimeSpan Shift
    {
        get => new(Interlocked.Read(ref _ticks));
        set => Interlocked.Exchange(ref _ticks, value.Ticks);
    }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
}
