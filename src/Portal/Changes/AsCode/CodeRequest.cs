using System.Text.Json;
using System.Text.Json.Serialization;
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
    private static readonly JsonSerializerOptions Reading = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public static CodeRequest Of(CheckedCreate request) =>
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
        new(kind, change.ClusterId, change.ClusterName, change.PoolName, ReadBefore(change.Before), change.Fields);

    // Only said beside the code, never sent: what cannot be read is left out.
    private static PoolFields? ReadBefore(string? before)
    {
        try
        {
            return before is null ? null : JsonSerializer.Deserialize<PoolFields>(before, Reading);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
