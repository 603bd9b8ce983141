using System.Globalization;
using Portal.Storage;

namespace Portal.Changes;

/// <summary>Tells the runner and open pages that a change moved, here or at another portal on this database.</summary>
internal sealed class ChangeFeed
{
    /// <summary>In the place of a change's number: any of them may have moved.</summary>
    public const long Any = 0;

    private const string Topic = "change";

    private readonly Neighbours _neighbours;

    public ChangeFeed(Neighbours neighbours)
    {
        _neighbours = neighbours;
        neighbours.Listen(Topic, text => Moved?.Invoke(long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var change) ? change : Any));
        neighbours.Missed += () => Moved?.Invoke(Any);
    }

    /// <summary>With the change's number, or <see cref="Any"/>.</summary>
    public event Action<long>? Moved;

    public void Notify(long change)
    {
        Moved?.Invoke(change);
        _neighbours.Say(Topic, change.ToString(CultureInfo.InvariantCulture));
    }
}
