namespace Portal.Inventory;

/// <summary>How the readings of DigitalOcean go: what pages say above data that may be old.</summary>
internal sealed class InventoryFeed(InventoryBoard board)
{
    /// <summary>Why the last readings failed; null when they did not.</summary>
    public string? Trouble { get; private set; }

    public void Succeeded() => Say(null);

    public void Failed(string why) => Say(why);

    private void Say(string? trouble)
    {
        if (Trouble != trouble)
        {
            Trouble = trouble;
            board.Stir();
        }
    }
}
