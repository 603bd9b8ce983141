namespace Portal.Inventory;

/// <summary>On whose behalf DigitalOcean is called.</summary>
internal enum CallFor
{
    /// <summary>Somebody asked, or a change of somebody is carried out. Comes first.</summary>
    People,

    /// <summary>The lists are kept fresh.</summary>
    Background,
}
