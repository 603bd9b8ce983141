using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Access;
using Portal.Audit;
using Portal.Changes;
using Portal.DigitalOcean;
using Portal.Inventory;

namespace Portal.Reviews.LookAfter;

/// <summary>What a lead decides about pools without a call to DigitalOcean: to keep them, and until when.</summary>
internal sealed class PoolCare(
    Sessions sessions, CareRights rights, PoolBooks books, ChangeFeed feed, IOptions<ChangesOptions> options, TimeProvider clock)
{
    /// <summary>They are still needed: somebody looks again in <see cref="ChangesOptions.LookEvery"/>.</summary>
    public async Task<Result<CareOutcomes, NotTaken>> KeepAsync(SessionKey session, IReadOnlyList<PoolKey> pools, CancellationToken cancellationToken)
    {
        if (!(await sessions.ReadAsync(session, cancellationToken)).TryGet(out var person, out var ended))
        {
            return NotTaken.Because(ended.Message);
        }

        return await books.WriteAsync(
            person,
            pools,
            pool => rights.WhyNotCare(person, pool.Team),
            (_, _) => Task.FromResult<PoolBooks.Writing>((work, pool) =>
            {
                Look(work, pool, person, "keep");
                return CareOutcome.Done(PoolKey.Of(pool), "Kept.");
            }),
            cancellationToken);
    }

    /// <summary>Another end date, or none. A question that waits because the old one has come is taken back.</summary>
    /// <param name="endsOn">As a date field sends it; nothing for no end.</param>
    public async Task<Result<CareOutcomes, NotTaken>> SetEndDateAsync(
        SessionKey session, IReadOnlyList<PoolKey> pools, string? endsOn, CancellationToken cancellationToken)
    {
        if (!(await sessions.ReadAsync(session, cancellationToken)).TryGet(out var person, out var ended))
        {
            return NotTaken.Because(ended.Message);
        }

        var now = clock.GetUtcNow();
        var (endsAt, mistake) = EndDate.Read(endsOn, now);
        if (mistake is not null)
        {
            return new NotTaken([new FieldMistake(ChangeField.EndsOn, mistake)]);
        }

        List<long> takenBack = [];
        var answer = await books.WriteAsync(
            person,
            pools,
            pool => rights.WhyNotCare(person, pool.Team),
            async (work, token) =>
            {
                takenBack.Clear();
                var questions = (await QuestionsAsync(work, token)).ToLookup(change => new PoolKey(change.ClusterId, change.PoolName));
                return (_, pool) =>
                {
                    work.Record(EndDateEntry.Of(pool, endsAt, person));
                    pool.EndsAt = endsAt;
                    foreach (var question in questions[PoolKey.Of(pool)])
                    {
                        question.MoveTo(ChangeState.Withdrawn, now);
                        question.Say($"{person.Name} changed the end date, so there is nothing to decide.");
                        work.Record(question.Entry(AuditAction.Withdrawn, person));
                        takenBack.Add(question.Id);
                    }

                    return CareOutcome.Done(PoolKey.Of(pool), endsAt is { } day ? $"Wanted until {EndDate.Words(day)}." : "Wanted without an end.");
                };
            },
            cancellationToken);
        takenBack.ForEach(feed.Notify);
        return answer;
    }

    /// <summary>Writes down that somebody looked at a pool, and what they decided, in the transaction of <paramref name="work"/>.</summary>
    public void Look(AuditedWork work, ManagedPool pool, Person person, string decision, long? change = null)
    {
        var now = clock.GetUtcNow();
        pool.LastLookAt = now;
        pool.LastLookBy = person.Name;
        pool.NextLookAt = now + options.Value.LookEvery;
        work.Record(new AuditEntry(AuditAction.LookedAfter)
        {
            Actor = new AuditActor(person.Id, person.Name),
            ChangeId = change,
            ClusterId = pool.ClusterId,
            Pool = pool.Name,
            Details = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["team"] = pool.Team,
                ["decision"] = decision,
                ["nextLook"] = EndDate.Typed(pool.NextLookAt),
            },
        });
    }

    private static async Task<IReadOnlyList<PoolChange>> QuestionsAsync(AuditedWork work, CancellationToken cancellationToken) =>
        await work.Db.Set<PoolChange>()
            .Where(change => change.State == ChangeState.WaitingForReview && change.RequesterId == PoolChange.PortalId)
            .ToListAsync(cancellationToken);
}
