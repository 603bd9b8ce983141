using Portal.Access;
using Portal.Changes;
using Portal.DigitalOcean;
using Portal.Inventory;

namespace Portal.Reviews.Decide;

/// <summary>Puts together what somebody has to see before they decide.</summary>
internal sealed class ReviewDesk(Sessions sessions, ReviewRights rights, RulesNow rules, ChangeQueries queries, InventoryQueries inventory)
{
    private const int Earlier = 5;

    /// <returns>Null when there is no such change.</returns>
    public async Task<Result<ReviewFound, Refusal>> OpenAsync(SessionKey session, long id, CancellationToken cancellationToken)
    {
        if (!(await sessions.ReadAsync(session, cancellationToken)).TryGet(out var person, out var ended))
        {
            return ended;
        }

        if (!ReviewsRoom.IsOpenTo(person))
        {
            return ReviewsRoom.NotALead;
        }

        return new ReviewFound(await queries.FindAsync(id, cancellationToken) is { } change ? await ViewAsync(person, change, cancellationToken) : null);
    }

    private async Task<ReviewView> ViewAsync(Person person, PoolChange change, CancellationToken cancellationToken)
    {
        var deciders = await rights.DecidersAsync(change, cancellationToken);
        var cluster = await inventory.FindAsync(change.ClusterId, cancellationToken) is { } facts ? await queries.ViewAsync(facts, change.Id, cancellationToken) : null;
        var waits = change.State is ChangeState.WaitingForReview;
        var ofPool = await queries.OfPoolAsync(change.ClusterId, change.PoolName, Earlier + 1, cancellationToken);
        return new ReviewView(
            change,
            cluster,
            rights.WhyNot(person, change, deciders),
            waits && cluster is not null ? ChecksOf(change, cluster) : [],
            !waits ? null : cluster is null ? $"{change.ClusterName} is not there any more." : rules.WhyNot(change, cluster, change.Size),
            [.. ofPool.Where(other => other.Id != change.Id).Take(Earlier)],
            await queries.OfTeamAsync(change.Team, change.Id, Earlier, cancellationToken));
    }

    /// <summary>What stands in the way when it is not possible; else what is within the rules, and then what is above them.</summary>
    private IReadOnlyList<ReviewCheck> ChecksOf(PoolChange change, ClusterInView cluster)
    {
        var (request, mistakes) = rules.Check(change, cluster, change.Size);
        return request is null
            ? [.. mistakes.Select(mistake => new ReviewCheck(false, mistake.Message))]
            : [
                .. FineOf(change, cluster).Select(words => new ReviewCheck(true, words)),
                .. request.Decision.Checks.OrderBy(check => check.Answer).Select(check => new ReviewCheck(check.Answer is LimitAnswer.AtOnce, ReviewWords.Sentence(check.Words))),
            ];
    }

    private static IEnumerable<string> FineOf(PoolChange change, ClusterInView cluster)
    {
        yield return change.Kind switch
        {
            ChangeKind.Create => $"The name is free on {cluster.Facts.Name}",
            ChangeKind.ResetPassword => "The pool is there",
            _ => "The pool is as it was when this was asked for",
        };

        // An inbound user and the administrator are nobody's by a pattern; the limits have a word for them.
        if (change.Kind is ChangeKind.Create or ChangeKind.Edit or ChangeKind.Adopt
            && change.User is { } user && !string.Equals(user, Team.AdministratorUser, StringComparison.OrdinalIgnoreCase))
        {
            yield return $"{change.Team} may use {change.Database} as {user}";
        }

        if (change.Kind is ChangeKind.Create or ChangeKind.Resize && cluster.Facts.Budget is not null)
        {
            yield return $"It fits into what is free on {cluster.Facts.Name}";
        }
    }
}

/// <param name="View">Null when there is no such change.</param>
internal sealed record ReviewFound(ReviewView? View);
