using Microsoft.EntityFrameworkCore;
using Portal.Access;
using Portal.Audit;
using Portal.DigitalOcean;
using Portal.Inventory;
using Portal.Storage;

namespace Portal.Changes;

/// <summary>Where people ask for changes, take them back, and decide what the portal cannot.</summary>
internal sealed class ChangeRequests(
    Sessions sessions,
    Teams teams,
    CreateRules rules,
    ChangeQueries queries,
    DigitalOceanClient api,
    AuditLog audit,
    ChangeFeed feed,
    TimeProvider clock)
{
    private const string NothingWritten = "The portal cannot write to its database, so nothing was asked for. Try again; if it stays so, tell an admin.";

    /// <summary>Checks a request without asking for anything: what the check page shows.</summary>
    public async Task<Result<CheckedCreate, NotTaken>> CheckAsync(SessionKey session, CreatePool asked, CancellationToken cancellationToken)
    {
        var read = await sessions.ReadAsync(session, cancellationToken);
        if (!read.TryGet(out var person, out var refusal))
        {
            return NotTaken.Because(refusal.Message);
        }

        return await CheckAsync(person, asked, cancellationToken);
    }

    /// <summary>Asks for a new pool. The same form sent again gives the change that it made the first time.</summary>
    public async Task<Result<PoolChange, NotTaken>> SubmitAsync(SessionKey session, CreatePool asked, CancellationToken cancellationToken)
    {
        var read = await sessions.ReadAsync(session, cancellationToken);
        if (!read.TryGet(out var person, out var refusal))
        {
            return NotTaken.Because(refusal.Message);
        }

        if (await queries.FindByFormAsync(person.Id, asked.FormId, cancellationToken) is { } earlier)
        {
            return earlier;
        }

        if (!(await CheckAsync(person, asked, cancellationToken)).TryGet(out var request, out var notTaken))
        {
            return notTaken;
        }

        try
        {
            var change = await audit.CommitAsync((work, token) => RecordAsync(work, person, request, token), cancellationToken);
            if (change is null)
            {
                return new NotTaken([new(ChangeField.Name, $"A pool named {request.Name} already exists on {request.Cluster.Facts.Name}")]);
            }

            feed.Notify(change.Id);
            return change;
        }
        catch (DbUpdateException exception) when (Database.IsUniqueViolation(exception))
        {
            return await queries.FindByFormAsync(person.Id, asked.FormId, cancellationToken) is { } same
                ? same
                : new NotTaken([new(ChangeField.Name, $"Another change of {request.Name} on {request.Cluster.Facts.Name} is under way. Wait for it, or choose another name")]);
        }
        catch (Exception exception) when (exception is DbUpdateException or System.Data.Common.DbException)
        {
            return NotTaken.Because(NothingWritten);
        }
    }

    /// <summary>The requester takes back what has not begun.</summary>
    public async Task<Refusal?> WithdrawAsync(SessionKey session, long id, CancellationToken cancellationToken) =>
        await DecideAsync(
            session,
            id,
            (person, change) => change switch
            {
                _ when change.RequesterId != person.Id => new Refusal($"Only {change.RequesterName}, who asked for it, can withdraw this."),
                { State: ChangeState.WaitingForReview } => null,
                { State: ChangeState.Approved, Attempt: 0 } => null,
                _ => new Refusal("This can no longer be withdrawn: it has begun or is finished."),
            },
            (change, now) =>
            {
                change.MoveTo(ChangeState.Withdrawn, now);
                change.LeaseOwner = null;
                change.LeaseUntil = null;
                change.Say("Withdrawn before anything was sent.");
                return AuditAction.Withdrawn;
            },
            alongside: null,
            cancellationToken);

    /// <summary>A person ends what cannot be found out: nothing more is done, whatever stands at DigitalOcean stays.</summary>
    public async Task<Refusal?> GiveUpAsync(SessionKey session, long id, CancellationToken cancellationToken) =>
        await DecideAsync(
            session,
            id,
            (person, change) => change.State is not (ChangeState.Conflict or ChangeState.NeedsPerson)
                ? new Refusal("This is decided already.")
                : teams.WhyNotActFor(person, change.Team),
            (change, now) =>
            {
                change.MoveTo(ChangeState.Failed, now);
                change.Say("Given up by a person. Whatever stands at DigitalOcean under this name was left as it is.");
                return AuditAction.GivenUp;
            },
            alongside: null,
            cancellationToken);

    /// <summary>A lead or an admin says that what stands at DigitalOcean is the team's own: the portal answers for it from now on, as it is.</summary>
    public async Task<Refusal?> TakeAsOursAsync(SessionKey session, long id, CancellationToken cancellationToken)
    {
        if (!(await sessions.ReadAsync(session, cancellationToken)).TryGet(out _, out var ended))
        {
            return ended;
        }

        if (await queries.FindAsync(id, cancellationToken) is not { } asked || await queries.ViewAsync(asked.ClusterId, cancellationToken) is not { } cluster)
        {
            return new Refusal("There is no such change, or its cluster is gone.");
        }

        var read = await api.GetPoolAsync(asked.ClusterId, asked.PoolName, cancellationToken);
        if (!read.TryGet(out var pool, out var failure))
        {
            return new Refusal(failure.IsCertainlyAbsent
                ? $"{asked.PoolName} is not on {asked.ClusterName}. Give this up, and ask for the pool again."
                : $"{FailureWords.Of(failure).Happened} Nothing was decided. Try again.");
        }

        if (pool.Fields is not { } fields)
        {
            return new Refusal($"{asked.PoolName} has the mode {pool.ModeText}, which this version of the portal does not know.");
        }

        return await DecideAsync(
            session,
            id,
            (person, change) => WhyNotTake(person, change, cluster.Facts.Identity, fields),
            (change, now) =>
            {
                change.MoveTo(ChangeState.Done, now);
                change.Say("Taken as the team's own by a person, as it stands at DigitalOcean.");
                return AuditAction.TakenAsOurs;
            },
            (db, change, token) => ManagedPools.KeepAsync(db, change, fields, clock.GetUtcNow(), token),
            cancellationToken);
    }

    // Whose pool it becomes may see its password: so what it is made of has to be within the team's rights.
    private Refusal? WhyNotTake(Person person, PoolChange change, ClusterIdentity cluster, PoolFields fields) => teams.Find(change.Team) switch
    {
        _ when change.State is not (ChangeState.Conflict or ChangeState.NeedsPerson) => new Refusal("This is decided already."),
        null => new Refusal($"There is no team {change.Team} any more."),
        { } team when !team.HasLead(person) && !person.Has(Role.Admin) => new Refusal($"A lead of {team.Name} or an admin can say that."),
        { } team when !(fields.User is null ? team.Uses(cluster, fields.Database) : team.Uses(cluster, fields.Database, fields.User)) =>
            new Refusal($"{team.Name} may not use the database {fields.Database} as {fields.User ?? "inbound user"}, so this pool cannot become theirs."),
        _ => null,
    };

    private async Task<Refusal?> DecideAsync(
        SessionKey session,
        long id,
        Func<Person, PoolChange, Refusal?> whyNot,
        Func<PoolChange, DateTimeOffset, string> decide,
        Func<PortalDbContext, PoolChange, CancellationToken, Task>? alongside,
        CancellationToken cancellationToken)
    {
        var read = await sessions.ReadAsync(session, cancellationToken);
        if (!read.TryGet(out var person, out var ended))
        {
            return ended;
        }

        try
        {
            var refusal = await audit.CommitAsync(
                async (work, token) =>
                {
                    var change = await work.Db.Set<PoolChange>().SingleOrDefaultAsync(row => row.Id == id, token);
                    if (change is null)
                    {
                        return new Refusal("There is no such change.");
                    }

                    if (whyNot(person, change) is { } refusal)
                    {
                        return refusal;
                    }

                    var action = decide(change, clock.GetUtcNow());
                    if (alongside is not null)
                    {
                        await alongside(work.Db, change, token);
                    }

                    work.Record(change.Entry(action, person));
                    return null;
                },
                cancellationToken);
            if (refusal is null)
            {
                feed.Notify(id);
            }

            return refusal;
        }
        catch (DbUpdateConcurrencyException)
        {
            return new Refusal("Something else happened to this change at the same moment. Look at it again.");
        }
    }

    private async Task<Result<CheckedCreate, NotTaken>> CheckAsync(Person person, CreatePool asked, CancellationToken cancellationToken)
    {
        var mine = teams.Of(person);
        if (mine.Count == 0)
        {
            return NotTaken.Because("You belong to no team that makes pools. An admin can add one of your groups to a team.");
        }

        var cluster = asked.ClusterId is { } id ? await queries.ViewAsync(id, cancellationToken) : null;
        var (request, mistakes) = rules.Check(asked, cluster, mine);
        return request is null ? new NotTaken(mistakes) : request;
    }

    /// <returns>Null when another change has made a pool of that name since the rules were checked.</returns>
    private async Task<PoolChange?> RecordAsync(AuditedWork work, Person person, CheckedCreate request, CancellationToken cancellationToken)
    {
        // A change that ends writes its pool under this lock, so none can end between this look and the commit.
        await Database.LockAsync(work.Db, WriteLock.Inventory, cancellationToken);
        if (await work.Db.Set<PoolRecord>().AnyAsync(pool => pool.ClusterId == request.Cluster.Facts.Id && pool.Name == request.Name, cancellationToken))
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var change = new PoolChange
        {
            FormId = request.FormId,
            Kind = ChangeKind.Create,
            State = request.Decision.NeedsReview ? ChangeState.WaitingForReview : ChangeState.Approved,
            ClusterId = request.Cluster.Facts.Id,
            ClusterName = request.Cluster.Facts.Name,
            PoolName = request.Name,
            Mode = request.Fields.Mode,
            Size = request.Fields.Size,
            Database = request.Fields.Database,
            User = request.Fields.User,
            Team = request.Team,
            RequesterId = person.Id,
            RequesterName = person.Name,
            Reason = request.Reason,
            Decision = request.Decision.Words,
            RequestedAt = now,
            ChangedAt = now,
        };
        change.Reach(ChangeStepKind.CheckedPolicy, now, request.Decision.Words);
        if (!request.Decision.NeedsReview)
        {
            change.Reach(ChangeStepKind.Approved, now, "by rule");
        }

        work.Db.Add(change);
        work.Record(() => change.Entry(AuditAction.Requested, person));
        work.Record(() => change.Entry(request.Decision.NeedsReview ? AuditAction.SentForReview : AuditAction.ApprovedByRule)
            with
        { Details = new Dictionary<string, string?>(StringComparer.Ordinal) { ["decision"] = request.Decision.Words } });
        return change;
    }
}
