namespace Portal.Inventory;

/// <summary>Tells open pages that the inventory was read again, and how the last reading went.</summary>
internal sealed class InventoryFeed
{
    public event Action? Read;

    /// <summary>Why the last background reading failed; null when it did not.</summary>
    public string? Trouble { get; private set; }

    public void Changed()
    {
        Trouble = null;
        Read?.Invoke();
    }

    public void Failed(string why)
    {
        Trouble = why;
        Read?.Invoke();
    }
}
