namespace Portal.Inventory;

/// <summary>How old the pools of a cluster can become in the lists, with so many clusters; what <c>docs/operations.md</c> promises.</summary>
/// <remarks>It holds while people make no more than about 900 calls an hour, and while DigitalOcean answers.</remarks>
internal static class RefreshBound
{
    /// <param name="clusters">Clusters and read replicas: each is a call.</param>
    /// <param name="options">What is wished.</param>
    /// <param name="callsPerHour">What <see cref="CallBudget.BackgroundPerHour"/> says.</param>
    public static TimeSpan Of(int clusters, InventoryOptions options, double callsPerHour)
    {
        var lists = TimeSpan.FromHours(1) / options.RefreshAfter;
        var ofReplicas = 1.0 / (RefreshWork.ReadingsForOneOfReplicas + 1);
        var sweep = TimeSpan.FromHours(clusters / ((callsPerHour - lists) * (1 - ofReplicas)));
        // With calls to spare the wish decides. A minute more for one that people have used up, and half of one for the turn itself.
        return (sweep > options.RefreshAfter ? sweep : options.RefreshAfter) + TimeSpan.FromSeconds(90);
    }
}
