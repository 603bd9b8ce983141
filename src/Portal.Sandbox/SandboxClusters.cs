namespace Portal.Sandbox;

/// <summary>The ids of the clusters that are always there. They never change, so that tests and bookmarks can hold on to them.</summary>
public static class SandboxClusters
{
    /// <summary>4 GiB, budget 97, live.</summary>
    public static readonly Guid OrdersProd = new("11111111-1111-4111-8111-111111111111");

    /// <summary>1 GiB, budget 22, live, with two pools, and with a private network.</summary>
    public static readonly Guid PaymentsStaging = new("22222222-2222-4222-8222-222222222222");

    /// <summary>Resizing: refuses changes.</summary>
    public static readonly Guid Analytics = new("33333333-3333-4333-8333-333333333333");

    /// <summary>A read replica of <see cref="Analytics"/>, 4 GiB, online: not in the list of clusters, but its id takes pools.</summary>
    public static readonly Guid AnalyticsRead = new("33333333-3333-4333-8333-3333333333aa");

    /// <summary>MySQL: has no pools at all.</summary>
    public static readonly Guid ShopMySql = new("44444444-4444-4444-8444-444444444444");

    /// <summary>The id of <c>cluster-0001</c> and its like, which <see cref="SandboxOptions.Clusters"/> adds. Counted from 1.</summary>
    public static Guid Extra(int number) => new($"cccccccc-cccc-4ccc-8ccc-{number:x12}");
}
