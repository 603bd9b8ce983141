using System.Globalization;
using Portal.Changes;

namespace Portal.Pools.Resize;

/// <summary>Another size for a pool, with what it does to the cluster's budget.</summary>
public sealed partial class ResizePage
{
    private protected override ChangeKind Kind => ChangeKind.Resize;

    private int Typed => int.TryParse(Form.Size, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? Math.Min(size, 100_000) : 0;

    private string Hint => Typed > 0
        ? $"Up to {Typed} {(Typed == 1 ? "query runs" : "queries run")} at once. More clients wait; they are not refused."
        : "Server connections: how many queries run at once. More clients wait; they are not refused.";
}
