using System.Globalization;
using Portal.Access;

namespace Portal.Changes;

/// <summary>The limits on how many server connections a pool, a team's pools and a cluster's pools may have.</summary>
internal sealed class SizeLimits(ChangesOptions everybody, Team team, ClusterInView cluster)
{
    private string ClusterName => cluster.Facts.Name;

    /// <param name="size">Server connections; more than <paramref name="before"/>.</param>
    /// <param name="before">What the pool has now; 0 for a new one.</param>
    public IEnumerable<PolicyCheck> Check(int size, int before) => [CheckPool(size), CheckTeam(size, before), CheckCluster(size, before)];

    /// <summary>The largest pool that needs no review for its size.</summary>
    private int LargestAtOnce
    {
        get
        {
            if (team.Limits is { Size.ReviewAbove: null, Share.ReviewAbove: null })
            {
                return Math.Max(everybody.AtOnceSize, Part(everybody.AtOnceShare) ?? 0);
            }

            return Least(team.Limits.Size.ReviewAbove, Part(team.Limits.Share.ReviewAbove)) ?? int.MaxValue;
        }
    }

    private PolicyCheck CheckPool(int size)
    {
        var most = Least(team.Limits.Size.NeverAbove, Part(team.Limits.Share.NeverAbove));
        return size > most
            ? Say(LimitAnswer.Never, $"Pool size must be {most} or fewer: more is never given to {team.Name} on {ClusterName}")
            : size > LargestAtOnce
                ? Say(LimitAnswer.Review, $"{size} is more than the {LargestAtOnce} that are given at once on {ClusterName}")
                : Say(LimitAnswer.AtOnce, $"{size} is not more than is given at once on {ClusterName}");
    }

    private PolicyCheck CheckTeam(int size, int before)
    {
        var sum = cluster.TakenBy(team.Name) - before + size;
        var (review, never) = (team.Limits.Sum.ReviewAbove, team.Limits.Sum.NeverAbove);
        return sum > never
            ? Say(LimitAnswer.Never, Math.Max(0, never.Value - sum + size) is > 0 and var most
                ? $"Pool size must be {most} or fewer: the pools of {team.Name} on {ClusterName} may have {never} connections together"
                : $"The pools of {team.Name} on {ClusterName} have all {never} connections that they may have. Make one of them smaller first")
            : sum > review
                ? Say(LimitAnswer.Review, $"the pools of {team.Name} on {ClusterName} would have {sum} connections together, more than {review}")
                : Say(LimitAnswer.AtOnce, $"the pools of {team.Name} on {ClusterName} would have {sum} connections together");
    }

    private PolicyCheck CheckCluster(int size, int before)
    {
        var all = cluster.Taken - before + size;
        return cluster.Facts.Budget is { } budget && all > Part(everybody.ClusterShare)
            ? Say(LimitAnswer.Review, $"the pools of {ClusterName} would have {all} of {budget} connections, more than {everybody.ClusterShare * 100:0} %")
            : Say(LimitAnswer.AtOnce, $"the pools of {ClusterName} would have {all} connections together");
    }

    // Of a plan that nobody knows the budget of, a share is nothing that could be counted.
    private int? Part(double? share) => share is { } part && cluster.Facts.Budget is { } budget ? (int)(budget * part) : null;

    private static int? Least(int? one, int? other) => one is null || other is null ? one ?? other : Math.Min(one.Value, other.Value);

    private static PolicyCheck Say(LimitAnswer answer, FormattableString words) => new(ChangeField.Size, answer, words.ToString(CultureInfo.InvariantCulture));

    private static PolicyCheck Say(LimitAnswer answer, string words) => new(ChangeField.Size, answer, words);
}
