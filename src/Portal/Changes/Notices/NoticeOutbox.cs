using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Storage;

namespace Portal.Changes.Notices;

/// <summary>What is to be told and was not yet, each notice taken by one portal at a time.</summary>
internal sealed class NoticeOutbox(Database database, IOptions<NoticesOptions> options, TimeProvider clock)
{
    /// <summary>A portal that died while it sent holds a notice no longer than this.</summary>
    private static readonly TimeSpan HeldFor = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan KeepDeliveredFor = TimeSpan.FromDays(30);

    private const int LongestFailure = 500;

    /// <summary>The next notice whose time has come, taken; null when there is none, or another portal was faster.</summary>
    public async Task<Notice?> TakeAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var due = await database.ReadAsync(
            db => db.Set<Notice>().Where(notice => notice.DeliveredAt == null && notice.GivenUpAt == null && (notice.NotBefore == null || notice.NotBefore <= now))
                .OrderBy(notice => notice.Id).FirstOrDefaultAsync(cancellationToken),
            cancellationToken);
        if (due is null)
        {
            return null;
        }

        var until = now + HeldFor;
        var isOurs = await database.WriteAsync(
            (db, token) => db.Set<Notice>().Where(notice => notice.Id == due.Id && notice.Version == due.Version)
                .ExecuteUpdateAsync(
                    row => row
                        .SetProperty(notice => notice.Attempts, notice => notice.Attempts + 1)
                        .SetProperty(notice => notice.NotBefore, until)
                        .SetProperty(notice => notice.Version, notice => notice.Version + 1),
                    token),
            cancellationToken) == 1;
        if (!isOurs)
        {
            return null;
        }

        due.Attempts++;
        due.Version++;
        return due;
    }

    /// <summary>Writes down how an attempt ended.</summary>
    /// <param name="taken">As <see cref="TakeAsync"/> gave it.</param>
    /// <param name="failure">Null when it was delivered.</param>
    /// <returns>Whether it is given up.</returns>
    public async Task<bool> SettleAsync(Notice taken, string? failure, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var next = now + WaitAfter(taken.Attempts);
        DateTimeOffset? delivered = failure is null ? now : null;
        DateTimeOffset? givenUp = failure is not null && next > taken.CreatedAt + options.Value.RetryFor ? now : null;
        DateTimeOffset? notBefore = failure is null || givenUp is not null ? null : next;
        var words = failure?.Length > LongestFailure ? failure[..LongestFailure] : failure;
        await database.WriteAsync(
            (db, token) => db.Set<Notice>().Where(notice => notice.Id == taken.Id && notice.Version == taken.Version)
                .ExecuteUpdateAsync(
                    row => row
                        .SetProperty(notice => notice.DeliveredAt, delivered)
                        .SetProperty(notice => notice.GivenUpAt, givenUp)
                        .SetProperty(notice => notice.NotBefore, notBefore)
                        .SetProperty(notice => notice.Failure, words)
                        .SetProperty(notice => notice.Version, notice => notice.Version + 1),
                    token),
            cancellationToken);
        return givenUp is not null;
    }

    /// <summary>Twice as long after each attempt, give or take a fifth, so that what failed together does not come again together.</summary>
    public TimeSpan WaitAfter(int attempts)
    {
        var doubled = options.Value.RetryAfter * Math.Pow(2, Math.Min(attempts - 1, 30));
        var wait = doubled < options.Value.RetryAtMost ? doubled : options.Value.RetryAtMost;
        return wait * (RandomNumberGenerator.GetInt32(80, 121) / 100.0);
    }

    /// <summary>Forgets what was delivered long ago.</summary>
    public Task ForgetOldAsync(CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - KeepDeliveredFor;
        return database.WriteAsync((db, token) => db.Set<Notice>().Where(notice => notice.DeliveredAt < before).ExecuteDeleteAsync(token), cancellationToken);
    }
}
