namespace Portal.DigitalOcean;

/// <summary>Limits that hold for every cluster.</summary>
/// <seealso href="https://docs.digitalocean.com/products/databases/postgresql/details/limits/"/>
public static class PoolLimits
{
    /// <summary>PgBouncer pools a cluster can have.</summary>
    public const int MaximumPoolsPerCluster = 21;

    /// <summary>The smallest pool, in server connections.</summary>
    public const int MinimumSize = 1;
}
