using System.Globalization;
using Portal.Changes;
using Portal.Pools.Fields;

namespace Portal.Pools.Resize;

/// <summary>Another size for a pool, with what it does to the cluster's budget.</summary>
public sealed partial class ResizePage
{
    private SizeCalculation _calculation = new();
    private ClusterInView? _inView;

    private protected override ChangeKind Kind => ChangeKind.Resize;

    /// <summary>With what other changes are about to take; the figures of this moment until that was read.</summary>
    private ClusterInView InView => _inView ?? new ClusterInView(Cluster, OnTheWay: 0);

    private int Typed => int.TryParse(Form.Size?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? Math.Min(size, 100_000) : 0;

    private protected override async Task ReadMoreAsync() => _inView = await Changes.ViewAsync(Cluster, except: null, Gone);
}
