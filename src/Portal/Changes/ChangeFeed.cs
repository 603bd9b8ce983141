namespace Portal.Changes;

/// <summary>Tells the runner and open pages that a change moved.</summary>
internal sealed class ChangeFeed
{
    public event Action<long>? Moved;

    public void Notify(long change) => Moved?.Invoke(change);
}
