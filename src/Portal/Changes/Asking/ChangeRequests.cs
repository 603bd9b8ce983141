using Microsoft.EntityFrameworkCore;
using Portal.Access;
using Portal.Audit;
using Portal.DigitalOcean;
using Portal.Inventory;
using Portal.Storage;

namespace Portal.Changes;

/// <summary>Where people ask for changes. Asking does nothing yet: the change is written down, and carried out when it is its turn.</summary>
internal sealed class ChangeRequests(
    Sessions sessions,
    Refusals refusals,
    Teams teams,
    CreateRules createRules,
    ExistingRules existingRules,
    ChangeQueries queries,
    LookOnly lookOnly,
    AuditLog audit,
    ChangeFeed feed,
    TimeProvider clock)
{
    private const string NothingWritten = "The portal cannot write to its database, so nothing was asked for. Try again; if it stays so, tell an admin.";

    /// <summary>Checks a request for a new pool without asking for anything: what the check page shows.</summary>
    public Task<Result<CheckedChange, NotTaken>> CheckAsync(SessionKey session, CreatePool asked, CancellationToken cancellationToken) =>
        CheckAsync(session, (person, token) => CheckAsync(person, asked, token), cancellationToken);

    /// <summary>Checks a request for a pool that is there without asking for anything.</summary>
    public Task<Result<CheckedChange, NotTaken>> CheckAsync(SessionKey session, ExistingPoolRequest asked, CancellationToken cancellationToken) =>
        CheckAsync(session, (person, token) => CheckAsync(person, asked, token), cancellationToken);

    /// <summary>Asks for a new pool. The same form sent again gives the change that it made the first time.</summary>
    public Task<Result<PoolChange, NotTaken>> SubmitAsync(SessionKey session, CreatePool asked, CancellationToken cancellationToken) =>
        SubmitAsync(session, asked.FormId, $"{ChangeKind.Create}", asked.ClusterId, asked.Name, (person, token) => CheckAsync(person, asked, token), cancellationToken);

    /// <summary>Asks for a change of a pool that is there. The same form sent again gives the change that it made the first time.</summary>
    public Task<Result<PoolChange, NotTaken>> SubmitAsync(SessionKey session, ExistingPoolRequest asked, CancellationToken cancellationToken) =>
        SubmitAsync(session, asked.FormId, $"{asked.Kind}", asked.ClusterId, asked.PoolName, (person, token) => CheckAsync(person, asked, token), cancellationToken);

    private async Task<Result<CheckedChange, NotTaken>> CheckAsync(
        SessionKey session, Func<Person, CancellationToken, Task<Result<CheckedChange, NotTaken>>> check, CancellationToken cancellationToken)
    {
        var read = await sessions.ReadAsync(session, cancellationToken);
        return read.TryGet(out var person, out var refusal) ? await check(person, cancellationToken) : NotTaken.Because(refusal.Message);
    }

    /// <param name="what">What is asked for, should it be refused.</param>
    private async Task<Result<PoolChange, NotTaken>> SubmitAsync(
        SessionKey session, Guid form, string what, Guid? cluster, string? pool, Func<Person, CancellationToken, Task<Result<CheckedChange, NotTaken>>> check, CancellationToken cancellationToken)
    {
        var read = await sessions.ReadAsync(session, cancellationToken);
        if (!read.TryGet(out var person, out var refusal))
        {
            return NotTaken.Because(refusal.Message);
        }

        if (await queries.FindByFormAsync(person.Id, form, cancellationToken) is { } earlier)
        {
            return earlier;
        }

        if (!(await check(person, cancellationToken)).TryGet(out var request, out var notTaken))
        {
            if (notTaken.IsByRight)
            {
                await refusals.RecordAsync(person, what, new Refusal(notTaken.Message ?? notTaken.Mistakes[0].Message), cluster, pool);
            }

            return notTaken;
        }

        if (lookOnly.WhyNot is { } onlyLooks)
        {
            return NotTaken.Because(onlyLooks.Message);
        }

        try
        {
            var change = await audit.CommitAsync((work, token) => RecordAsync(work, person, request, token), cancellationToken);
            if (change is null)
            {
                return new NotTaken([new(ChangeField.Name, $"A pool named {request.Name} already exists on {request.Cluster.Facts.Name}")]);
            }

            ChangeTrace.Mark("change asked", change);
            feed.Notify(change.Id);
            return change;
        }
        catch (DbUpdateException exception) when (Database.IsUniqueViolation(exception))
        {
            return await queries.FindByFormAsync(person.Id, form, cancellationToken) is { } same ? same : UnderWay(request);
        }
        catch (Exception exception) when (Database.IsTrouble(exception))
        {
            return NotTaken.Because(NothingWritten);
        }
    }

    private static NotTaken UnderWay(CheckedChange request)
    {
        var words = $"Another change of {request.Name} on {request.Cluster.Facts.Name} is under way.";
        return request.Kind is ChangeKind.Create
            ? new NotTaken([new(ChangeField.Name, $"{words} Wait for it, or choose another name")])
            : NotTaken.Because($"{words} Wait for it, then look at the pool again.");
    }

    private async Task<Result<CheckedChange, NotTaken>> CheckAsync(Person person, CreatePool asked, CancellationToken cancellationToken)
    {
        var mine = teams.Of(person);
        if (mine.Count == 0)
        {
            return NotTaken.ByRight(new Refusal("You belong to no team that makes pools. An admin can add one of your groups to a team."));
        }

        var cluster = asked.ClusterId is { } id ? await queries.ViewAsync(id, cancellationToken) : null;
        var (request, mistakes) = createRules.Check(asked, cluster, mine);
        var (endsAt, wrong) = EndDate.Read(asked.EndsOn, clock.GetUtcNow());
        return request is null || wrong is not null
            ? new NotTaken([.. mistakes, .. wrong is null ? [] : new[] { new FieldMistake(ChangeField.EndsOn, wrong) }]) { IsByRight = IsBeyond(asked, mine, cluster) }
            : request with { EndsAt = endsAt };
    }

    /// <summary>The form offers nothing of this: another team, or a database user that none of the person's teams may use.</summary>
    private static bool IsBeyond(CreatePool asked, IReadOnlyList<Team> mine, ClusterInView? cluster) =>
        (asked.Team is { Length: > 0 } team && mine.All(one => one.Name != team))
        || (cluster is not null && asked is { Database: { Length: > 0 } database, User: { Length: > 0 } user } && !mine.Any(one => one.Uses(cluster.Facts.Identity, database, user)));

    private async Task<Result<CheckedChange, NotTaken>> CheckAsync(Person person, ExistingPoolRequest asked, CancellationToken cancellationToken)
    {
        if (await queries.ViewAsync(asked.ClusterId, cancellationToken) is not { } cluster
            || cluster.Facts.Pool(asked.PoolName) is not { } pool)
        {
            return NotTaken.Because($"{asked.PoolName} is not there any more. Its page offers to create it again as it was.");
        }

        if (existingRules.WhyNot(person, asked.Kind, pool, asked.Team) is { } refusal)
        {
            return NotTaken.ByRight(refusal);
        }

        var (request, mistakes) = existingRules.Check(asked, cluster, pool);
        return request is null ? new NotTaken(mistakes) : CheckUrgent(asked, request);
    }

    /// <summary>What the rules give at once needs no urgency; for the rest the team must allow it. What is impossible has not come here.</summary>
    private Result<CheckedChange, NotTaken> CheckUrgent(ExistingPoolRequest asked, CheckedChange request)
    {
        var mayBe = request is { Kind: ChangeKind.Resize, Decision.NeedsReview: true } && teams.Find(request.Team) is { Limits.UrgentResize: true };
        return asked.IsUrgent && request.Decision.NeedsReview && !mayBe
            ? NotTaken.Because($"{request.Team} does nothing of this before a lead has decided. Send it for review.")
            : request with { MayBeUrgent = mayBe, IsUrgent = mayBe && asked.IsUrgent };
    }

    /// <returns>Null when another change has made a pool of that name since the rules were checked.</returns>
    private async Task<PoolChange?> RecordAsync(AuditedWork work, Person person, CheckedChange request, CancellationToken cancellationToken)
    {
        // A change that ends writes its pool under this lock, so none can end between this look and the commit.
        await Database.LockAsync(work.Db, WriteLock.Inventory, cancellationToken);
        if (request.Kind is ChangeKind.Create
            && await work.Db.Set<PoolRecord>().AnyAsync(pool => pool.ClusterId == request.Cluster.Facts.Id && pool.Name == request.Name, cancellationToken))
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var waits = request.Decision.NeedsReview && !request.IsUrgent;
        var change = new PoolChange
        {
            FormId = request.FormId,
            Kind = request.Kind,
            State = waits ? ChangeState.WaitingForReview : ChangeState.Approved,
            ClusterId = request.Cluster.Facts.Id,
            ClusterName = request.Cluster.Facts.Name,
            PoolName = request.Name,
            Mode = request.Fields.Mode,
            Size = request.Fields.Size,
            Database = request.Fields.Database,
            User = request.Fields.User,
            Before = request.Before is null ? null : StoredFields.Write(request.Before),
            Team = request.Team,
            RequesterId = person.Id,
            RequesterName = person.Name,
            Reason = request.Reason,
            EndsAt = request.EndsAt,
            Decision = request.Decision.Words,
            IsUrgent = request.IsUrgent,
            RequestedAt = now,
            ChangedAt = now,
        };
        change.Reach(ChangeStepKind.CheckedPolicy, now, request.Decision.Words);
        if (!waits)
        {
            change.Reach(ChangeStepKind.Approved, now, request.IsUrgent ? "urgent: a lead looks at it afterwards" : "by rule");
        }

        work.Db.Add(change);
        work.Record(() => change.Entry(AuditAction.Requested, person));
        work.Record(() => change.Entry(waits ? AuditAction.SentForReview : request.IsUrgent ? AuditAction.RunUrgently : AuditAction.ApprovedByRule)
            with
        { Details = new Dictionary<string, string?>(StringComparer.Ordinal) { ["decision"] = request.Decision.Words } });
        return change;
    }
}
