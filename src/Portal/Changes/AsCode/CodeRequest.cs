using Portal.DigitalOcean;

namespace Portal.Changes.AsCode;

public enum CodeKind
{
    Create,
    Update,
    Delete,
}

/// <summary>A change as programs and scripts would make it. Holds no secret, so that its text can be passed around.</summary>
/// <param name="Pool">The pool's name.</param>
/// <param name="Before">What the pool is; null for a new one, and where nobody wrote it down.</param>
/// <param name="After">What it is to be; for a delete what it was.</param>
public sealed record CodeRequest(CodeKind Kind, Guid ClusterId, string ClusterName, string Pool, PoolFields? Before, PoolFields After)
{
    public static CodeRequest Of(CheckedChange request) =>
        new(CodeKind.Create, request.Cluster.Facts.Id, request.Cluster.Facts.Name, request.Name, null, request.Fields);

    /// <summary>Null for a change that asks DigitalOcean for nothing, or whose answer is a password.</summary>
    public static CodeRequest? Of(PoolChange change) => change.Kind switch
    {
        ChangeKind.Create => For(change, CodeKind.Create),
        ChangeKind.Resize or ChangeKind.Edit => For(change, CodeKind.Update),
        ChangeKind.Delete => For(change, CodeKind.Delete),
        _ => null,
    };

    private static CodeRequest For(PoolChange change, CodeKind kind) =>
        new(kind, change.ClusterId, change.ClusterName, change.PoolName, change.BeforeFields, change.Fields);
}
