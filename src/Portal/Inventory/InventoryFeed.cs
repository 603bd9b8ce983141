using Portal.Storage;

namespace Portal.Inventory;

/// <summary>How the readings of DigitalOcean go, here or at the portal that reads for all: what pages say above data that may be old.</summary>
internal sealed class InventoryFeed
{
    private const string Topic = "readings";

    private readonly InventoryBoard _board;
    private readonly Neighbours _neighbours;

    public InventoryFeed(InventoryBoard board, Neighbours neighbours)
    {
        _board = board;
        _neighbours = neighbours;
        neighbours.Listen(Topic, text => Take(text.Length == 0 ? null : text));
        // What is still wrong is said again soon.
        neighbours.Missed += () => Take(null);
    }

    /// <summary>Why the last readings failed; null when they did not.</summary>
    public string? Trouble { get; private set; }

    public void Succeeded()
    {
        if (Take(null))
        {
            _neighbours.Say(Topic, "");
        }
    }

    /// <remarks>Said each time, for a portal that has come meanwhile.</remarks>
    public void Failed(string why)
    {
        Take(why);
        _neighbours.Say(Topic, why);
    }

    /// <returns>Whether it is news.</returns>
    private bool Take(string? trouble)
    {
        if (Trouble == trouble)
        {
            return false;
        }

        Trouble = trouble;
        _board.Stir();
        return true;
    }
}
