namespace Portal.Operations;

/// <summary>When the work begins that nobody waits for: the portal is ready for people before it looks after itself.</summary>
internal static class AfterStart
{
    /// <summary>About as long as the rest of a start takes on two cores.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static Task AfterStartAsync(this TimeProvider clock, CancellationToken cancellationToken) => Task.Delay(Pause, clock, cancellationToken);
}
