namespace Portal.Inventory;

/// <summary>Where the page of a pool is; the pages of what is done with it lie below.</summary>
internal static class PoolAddresses
{
    public static string Of(Guid cluster, string pool) => $"clusters/{cluster:D}/pools/{Uri.EscapeDataString(pool)}";
}
