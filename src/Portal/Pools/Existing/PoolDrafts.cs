using Portal.Changes;
using Portal.Storage;

namespace Portal.Pools.Existing;

/// <summary>Keeps what a person types about a pool, over reload, lost connection and a new sign-in.</summary>
internal sealed class PoolDrafts(Drafts drafts)
{
    public async Task<PoolForm?> FindAsync(string personId, ChangeKind kind, Guid cluster, string pool, CancellationToken cancellationToken) =>
        await drafts.FindAsync<PoolForm>(personId, Key(kind, pool), cancellationToken) is { } form && form.ClusterId == cluster ? form : null;

    /// <summary>Whether it could be kept; a draft that cannot is no reason to disturb who is typing.</summary>
    public Task<bool> TrySaveAsync(string personId, ChangeKind kind, Guid cluster, string pool, PoolForm form, CancellationToken cancellationToken)
    {
        form.ClusterId = cluster;
        return drafts.TrySaveAsync(personId, Key(kind, pool), form, cancellationToken);
    }

    public Task<bool> TryDiscardAsync(string personId, ChangeKind kind, string pool, CancellationToken cancellationToken) =>
        drafts.TryDiscardAsync(personId, Key(kind, pool), cancellationToken);

    // The cluster is inside: both together would be longer than a draft's name may be.
    private static string Key(ChangeKind kind, string pool) => $"{kind}:{pool}";
}
