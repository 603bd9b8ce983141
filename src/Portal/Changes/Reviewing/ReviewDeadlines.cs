using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Audit;
using Portal.Operations;
using Portal.Storage;

namespace Portal.Changes;

/// <summary>What has waited too long: its leads are reminded once, and in the end it expires.</summary>
internal sealed class ReviewDeadlines(Database database, AuditLog audit, ChangeFeed feed, IOptions<ChangesOptions> options, TimeProvider clock)
{
    /// <summary>As many at a time as do not keep others from writing; the rest follows with the next look.</summary>
    private const int AtATime = 100;

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await EachAsync(change => change.RequestedAt <= now - options.Value.ReviewExpiresAfter, ExpireAsync, cancellationToken);
        await EachAsync(change => change.RemindedAt == null && change.RequestedAt <= now - options.Value.ReviewRemindedAfter, RemindAsync, cancellationToken);
    }

    private async Task EachAsync(
        System.Linq.Expressions.Expression<Func<PoolChange, bool>> isDue, Func<long, CancellationToken, Task<bool>> act, CancellationToken cancellationToken)
    {
        var due = await database.ReadAsync(
            db => db.Set<PoolChange>().Where(change => change.State == ChangeState.WaitingForReview).Where(isDue)
                .OrderBy(change => change.Id).Select(change => change.Id).Take(AtATime).ToListAsync(cancellationToken),
            cancellationToken);
        foreach (var id in due)
        {
            if (await act(id, cancellationToken))
            {
                feed.Notify(id);
            }
        }
    }

    private async Task<bool> ExpireAsync(long id, CancellationToken cancellationToken)
    {
        try
        {
            return await audit.CommitAsync(
                async (work, token) =>
                {
                    var change = await work.Db.Set<PoolChange>().SingleAsync(row => row.Id == id, token);
                    if (change.State is not ChangeState.WaitingForReview)
                    {
                        return false;
                    }

                    change.MoveTo(ChangeState.Expired, clock.GetUtcNow());
                    change.Say($"Nobody decided within {InWords(options.Value.ReviewExpiresAfter)}.", "Ask again if it is still wanted.");
                    work.Record(change.Entry(AuditAction.Expired));
                    return true;
                },
                cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody has decided in the last moment.
            return false;
        }
    }

    private Task<bool> RemindAsync(long id, CancellationToken cancellationToken) =>
        audit.CommitAsync(
            async (work, token) =>
            {
                // One statement, and not the row's version: it takes nothing from who is deciding at this moment.
                var now = clock.GetUtcNow();
                var reminded = await work.Db.Set<PoolChange>()
                    .Where(row => row.Id == id && row.State == ChangeState.WaitingForReview && row.RemindedAt == null)
                    .ExecuteUpdateAsync(row => row.SetProperty(x => x.RemindedAt, now), token);
                if (reminded == 0)
                {
                    return false;
                }

                work.Record((await work.Db.Set<PoolChange>().AsNoTracking().SingleAsync(row => row.Id == id, token)).Entry(AuditAction.ReviewReminded));
                return true;
            },
            cancellationToken);

    private static string InWords(TimeSpan time) => time.TotalDays >= 1 ? $"{time.TotalDays:0.#} days" : $"{time.TotalHours:0.#} hours";
}

/// <summary>Looks for what has waited too long, after the start and then every minute.</summary>
internal sealed class ReviewSweep(ReviewDeadlines deadlines, TimeProvider clock, ILogger<ReviewSweep> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await clock.AfterStartAsync(stoppingToken);
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), clock);
        do
        {
            try
            {
                await deadlines.LookAsync(stoppingToken);
            }
            catch (Exception exception) when (Database.IsTrouble(exception))
            {
                logger.DeadlinesNotKept(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
