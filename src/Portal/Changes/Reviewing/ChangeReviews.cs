using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Access;
using Portal.Audit;
using Portal.DigitalOcean;
using Portal.Inventory;
using Portal.Storage;

namespace Portal.Changes;

/// <summary>Where leads decide what waits for them. Each decision counts once: who comes second is told who was first, and what they decided.</summary>
internal sealed class ChangeReviews(
    Sessions sessions,
    ReviewRights rights,
    Refusals refusals,
    RulesNow rules,
    ChangeQueries queries,
    AuditLog audit,
    ChangeFeed feed,
    TimeProvider clock)
{
    private const string NothingWritten = "The portal cannot write to its database, so nothing was decided. Try again; if it stays so, tell an admin.";

    /// <summary>Approves what was asked for, as long as the rules and the cluster still allow it.</summary>
    /// <returns>Why not; null when it is approved.</returns>
    public Task<NotTaken?> ApproveAsync(SessionKey session, long id, string? note, CancellationToken cancellationToken) =>
        DecideAsync(
            session,
            id,
            async (db, change, person, token) =>
            {
                var mistakes = new List<FieldMistake>();
                ReviewText.CheckNote(note, mistakes);
                return mistakes.Count > 0 ? new NotTaken(mistakes)
                    : await WhyNotAsync(db, change, change.Size, token) is { } reason ? NotTaken.Because(reason)
                    : Approve(change, person, note, AuditAction.Approved);
            },
            cancellationToken);

    /// <summary>Approves a smaller pool than was asked for.</summary>
    /// <param name="size">As typed: server connections.</param>
    /// <returns>Why not; null when it is approved.</returns>
    public Task<NotTaken?> ApproveSmallerAsync(SessionKey session, long id, string? size, string? note, CancellationToken cancellationToken) =>
        DecideAsync(
            session,
            id,
            async (db, change, person, token) =>
            {
                var mistakes = new List<FieldMistake>();
                var smaller = CheckSmaller(change, size, mistakes);
                ReviewText.CheckNote(note, mistakes);
                if (mistakes.Count > 0)
                {
                    return new NotTaken(mistakes);
                }

                if (await WhyNotAsync(db, change, smaller, token) is { } reason)
                {
                    return NotTaken.Because(reason);
                }

                change.AskedSize = change.Size;
                change.Size = smaller;
                return Approve(change, person, note, AuditAction.ApprovedSmaller);
            },
            cancellationToken);

    /// <summary>Declines what was asked for.</summary>
    /// <param name="reason">Required: who asked reads it.</param>
    /// <returns>Why not; null when it is declined.</returns>
    public Task<NotTaken?> DeclineAsync(SessionKey session, long id, string? reason, CancellationToken cancellationToken) =>
        DecideAsync(
            session,
            id,
            (_, change, person, _) =>
            {
                var mistakes = new List<FieldMistake>();
                ReviewText.CheckDecline(reason, change.RequesterName, mistakes);
                if (mistakes.Count > 0)
                {
                    return Task.FromResult<Ruling>(new NotTaken(mistakes));
                }

                change.Decide(ChangeState.Declined, person, ReviewText.Kept(reason), clock.GetUtcNow());
                change.Say($"{person.Name} declined this: {change.DecisionNote}", "Ask again with other values if it is still wanted.");
                return Task.FromResult<Ruling>(AuditAction.Declined);
            },
            cancellationToken);

    /// <summary>A lead has looked at what was run before anybody could decide.</summary>
    /// <returns>Why not; null when it counts as seen.</returns>
    public async Task<NotTaken?> MarkSeenAsync(SessionKey session, long id, CancellationToken cancellationToken)
    {
        if (!(await PermitAsync(session, id, cancellationToken)).TryGet(out var permitted, out var notTaken))
        {
            return notTaken;
        }

        var (person, change) = permitted;
        return await TryWriteAsync(
            id,
            async (work, token) =>
            {
                // One statement, and not the row's version: the runner may be at work on the change, and must not be disturbed.
                var now = clock.GetUtcNow();
                var seen = await work.Db.Set<PoolChange>()
                    .Where(row => row.Id == id && row.IsUrgent && row.SeenAt == null && row.RequesterId != person.Id)
                    .ExecuteUpdateAsync(
                        row => row.SetProperty(x => x.SeenAt, now).SetProperty(x => x.SeenById, person.Id).SetProperty(x => x.SeenByName, person.Name),
                        token);
                if (seen == 0)
                {
                    var there = await work.Db.Set<PoolChange>().AsNoTracking().SingleAsync(row => row.Id == id, token);
                    return NotTaken.Because(there.SeenByName is { } other ? $"{other} has looked at this already." : "This was not urgent: there is nothing to look at afterwards.");
                }

                work.Record(change.Entry(AuditAction.UrgentSeen, person));
                return null;
            },
            cancellationToken);
    }

    private string Approve(PoolChange change, Person person, string? note, string action)
    {
        var now = clock.GetUtcNow();
        change.Decide(ChangeState.Approved, person, ReviewText.Kept(note), now);
        change.Reach(
            ChangeStepKind.Approved,
            now,
            change.AskedSize is { } asked ? string.Create(CultureInfo.InvariantCulture, $"by {person.Name}, with {change.Size} in the place of {asked}") : $"by {person.Name}");
        return action;
    }

    private static int CheckSmaller(PoolChange change, string? typed, List<FieldMistake> mistakes)
    {
        if (RulesNow.SmallestSmaller(change) is not { } smallest)
        {
            mistakes.Add(new(ChangeField.Size, "This request is not about a size. Approve it as it is, or decline it"));
            return 0;
        }

        var size = FieldRules.CheckSize(typed, change.ClusterName, free: null, mistakes);
        if (mistakes.Count == 0 && (size < smallest || size >= change.Size))
        {
            mistakes.Add(new(ChangeField.Size, smallest == change.Size
                ? $"There is no size between what the pool has and the {change.Size} that was asked for. Approve it as it is, or decline it"
                : $"Pool size must be from {smallest} to {change.Size - 1}: fewer than the {change.Size} that was asked for"));
        }

        return size;
    }

    private async Task<string?> WhyNotAsync(PortalDbContext db, PoolChange change, int size, CancellationToken cancellationToken) =>
        await InventoryQueries.FindAsync(db, change.ClusterId, cancellationToken) is not { } facts
            ? $"{change.ClusterName} is not there any more. Decline this."
            : rules.WhyNot(change, await ChangeQueries.ViewAsync(db, facts, change.Id, cancellationToken), size);

    private async Task<NotTaken?> DecideAsync(
        SessionKey session, long id, Func<PortalDbContext, PoolChange, Person, CancellationToken, Task<Ruling>> rule, CancellationToken cancellationToken)
    {
        if (!(await PermitAsync(session, id, cancellationToken)).TryGet(out var permitted, out var notTaken))
        {
            return notTaken;
        }

        PoolChange? decided = null;
        notTaken = await TryWriteAsync(
            id,
            async (work, token) =>
            {
                // Approvals wait for each other here, so that each sees what the one before it takes of the cluster.
                await Database.LockAsync(work.Db, WriteLock.Inventory, token);
                var change = await work.Db.Set<PoolChange>().SingleAsync(row => row.Id == id, token);
                if (change.State is not ChangeState.WaitingForReview)
                {
                    return NotTaken.Because(ReviewWords.DecidedAlready(change));
                }

                var ruling = await rule(work.Db, change, permitted.Person, token);
                if (ruling.Action is { } action)
                {
                    decided = change;
                    work.Record(Entry(change, action, permitted.Person));
                }

                return ruling.NotTaken;
            },
            cancellationToken);
        if (notTaken is null && decided is not null)
        {
            ChangeTrace.Mark("change decided", decided);
        }

        return notTaken;
    }

    /// <summary>Who it is, and what they may decide. An attempt of somebody who may not is recorded.</summary>
    private async Task<Result<(Person Person, PoolChange Change), NotTaken>> PermitAsync(SessionKey session, long id, CancellationToken cancellationToken)
    {
        if (!(await sessions.ReadAsync(session, cancellationToken)).TryGet(out var person, out var ended))
        {
            return NotTaken.Because(ended.Message);
        }

        if (await queries.FindAsync(id, cancellationToken) is not { } change)
        {
            return NotTaken.Because("There is no such request.");
        }

        if (rights.WhyNot(person, change, await rights.DecidersAsync(change, cancellationToken)) is { } refusal)
        {
            await refusals.RecordAsync(person, "decide a request", refusal, change.ClusterId, change.PoolName, change.Id);
            return NotTaken.Because(refusal.Message);
        }

        return (person, change);
    }

    private async Task<NotTaken?> TryWriteAsync(long id, Func<AuditedWork, CancellationToken, Task<NotTaken?>> write, CancellationToken cancellationToken)
    {
        try
        {
            var notTaken = await audit.CommitAsync(write, cancellationToken);
            if (notTaken is null)
            {
                feed.Notify(id);
            }

            return notTaken;
        }
        catch (DbUpdateConcurrencyException)
        {
            return NotTaken.Because(ReviewWords.DecidedAlready((await queries.FindAsync(id, cancellationToken))!));
        }
        catch (DbUpdateException exception) when (Database.IsUniqueViolation(exception))
        {
            var change = (await queries.FindAsync(id, cancellationToken))!;
            return NotTaken.Because($"Another change of {change.PoolName} on {change.ClusterName} is under way. Approve this when that has ended, if it is still wanted then.");
        }
        catch (Exception exception) when (Database.IsTrouble(exception))
        {
            return NotTaken.Because(NothingWritten);
        }
    }

    private static AuditEntry Entry(PoolChange change, string action, Person person) => With(
        change.Entry(action, person),
        ("note", change.DecisionNote),
        ("askedSize", change.AskedSize?.ToString(CultureInfo.InvariantCulture)),
        ("requester", change.RequesterId));

    private static AuditEntry With(AuditEntry entry, params (string Name, string? Value)[] more) => entry with
    {
        Details = entry.Details.Concat(more.Select(one => KeyValuePair.Create(one.Name, one.Value))).ToDictionary(StringComparer.Ordinal),
    };

    /// <summary>What the record says of a decision, or why there is none.</summary>
    private readonly record struct Ruling(string? Action, NotTaken? NotTaken)
    {
        public static implicit operator Ruling(string action) => new(action, null);

        public static implicit operator Ruling(NotTaken notTaken) => new(null, notTaken);
    }
}
