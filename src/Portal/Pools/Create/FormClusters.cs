using Microsoft.EntityFrameworkCore;
using Portal.Access;
using Portal.Changes;
using Portal.DigitalOcean;
using Portal.Inventory;
using Portal.Storage;

namespace Portal.Pools.Create;

/// <summary>The clusters of the form: all of them as lines of a list, one of them whole.</summary>
internal sealed class FormClusters(Database database, ChangeQueries changes, InventoryReader reader)
{
    /// <summary>The clusters that one of the teams may use, by name.</summary>
    public async Task<IReadOnlyList<ClusterChoice>> ListAsync(IReadOnlyList<Team> teams, CancellationToken cancellationToken)
    {
        var clusters = await database.ReadAsync(
            db => db.Set<ClusterRecord>().OrderBy(row => row.Name)
                .Select(row => new { row.Id, row.Name, row.Tags, row.Status, row.Region, row.SizeSlug, row.PrimaryId })
                .ToListAsync(cancellationToken),
            cancellationToken);
        var pools = await database.ReadAsync(
            db => db.Set<PoolRecord>().GroupBy(row => row.ClusterId)
                .Select(group => new { group.Key, Count = group.Count(), Used = group.Sum(row => row.Size) })
                .ToDictionaryAsync(group => group.Key, cancellationToken),
            cancellationToken);
        var names = teams.Select(team => team.Name).ToList();
        var ours = await database.ReadAsync(
            db => db.Set<ManagedPool>().Where(row => names.Contains(row.Team)).Select(row => row.ClusterId).ToHashSetAsync(cancellationToken),
            cancellationToken);
        return
        [
            .. from row in clusters
               let identity = new ClusterIdentity(row.Id, row.Name, row.Tags)
               where teams.Any(team => team.Uses(identity))
               let taken = pools.GetValueOrDefault(row.Id)
               select new ClusterChoice(identity, row.Status, row.Region, ClusterPlan.Parse(row.SizeSlug), taken?.Count ?? 0, taken?.Used ?? 0) { IsOurs = ours.Contains(row.Id), IsReadOnly = row.PrimaryId is not null },
        ];
    }

    /// <summary>The chosen cluster with its pools and what is on its way; null when it is not among the choices, or gone.</summary>
    public async Task<ClusterInView?> FindAsync(Guid? chosen, IReadOnlyList<ClusterChoice> choices, CancellationToken cancellationToken) =>
        choices.FirstOrDefault(choice => choice.Id == chosen) is { } choice ? await changes.ViewAsync(choice.Id, cancellationToken) : null;

    /// <summary>Reads a cluster anew from DigitalOcean.</summary>
    /// <returns>The cluster, or what happened instead, in words.</returns>
    public async Task<(ClusterInView? Cluster, string? Trouble)> ReadAsync(ClusterFacts known, CancellationToken cancellationToken)
    {
        var read = await reader.ReadClusterAsync(known.Id, cancellationToken);
        return read.TryGet(out var fresh, out var failure)
            ? (await changes.ViewAsync(fresh, except: null, cancellationToken), null)
            : (null, $"{FailureWords.Of(failure).Happened} The figures of {known.Name} are from the last reading.");
    }
}
