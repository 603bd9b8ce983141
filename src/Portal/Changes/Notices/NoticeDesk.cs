using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Access;
using Portal.Audit;
using Portal.DigitalOcean;
using Portal.Storage;

namespace Portal.Changes.Notices;

/// <summary>A notice that did not arrive yet.</summary>
/// <param name="NextAt">When it is tried again; null when it is given up.</param>
internal sealed record UndeliveredNotice(long Id, string Text, string Link, DateTimeOffset CreatedAt, int Attempts, string? Failure, DateTimeOffset? NextAt, bool IsGivenUp);

/// <param name="Undelivered">Those that failed at least once, the newest first; at most <see cref="NoticeDesk.Shown"/>.</param>
/// <param name="Count">How many there are of those.</param>
internal sealed record NoticeList(bool IsOn, IReadOnlyList<UndeliveredNotice> Undelivered, int Count, DateTimeOffset? LastDeliveredAt, bool MayAct);

/// <summary>Where admins and auditors see what could not be told, and admins send it again.</summary>
internal sealed class NoticeDesk(AdminDoor door, Database database, AuditLog audit, IOptions<NoticesOptions> options)
{
    public const int Shown = 50;

    public async Task<Result<NoticeList, Refusal>> ListAsync(SessionKey session, CancellationToken cancellationToken)
    {
        if (!(await door.SeeAsync(session, cancellationToken)).TryGet(out var viewer, out var refusal))
        {
            return refusal;
        }

        return await database.ReadAsync(
            async db =>
            {
                var failed = db.Set<Notice>().Where(notice => notice.DeliveredAt == null && notice.Failure != null);
                var rows = await failed.OrderByDescending(notice => notice.Id).Take(Shown).ToListAsync(cancellationToken);
                return new NoticeList(
                    options.Value.IsOn,
                    [.. rows.Select(Of)],
                    await failed.CountAsync(cancellationToken),
                    await db.Set<Notice>().MaxAsync(notice => notice.DeliveredAt, cancellationToken),
                    viewer.Has(Role.Admin));
            },
            cancellationToken);
    }

    /// <summary>Has it sent at once, also when it was given up.</summary>
    /// <returns>Null when it will be, or has arrived meanwhile.</returns>
    public async Task<Refusal?> SendAgainAsync(SessionKey session, long id, CancellationToken cancellationToken)
    {
        if (!(await door.ActAsync(session, "send a notice again", cancellationToken)).TryGet(out var admin, out var refusal))
        {
            return refusal;
        }

        await audit.CommitAsync(
            async (work, token) =>
            {
                var notice = await work.Db.Set<Notice>().AsNoTracking().SingleOrDefaultAsync(notice => notice.Id == id && notice.DeliveredAt == null, token);
                var isOurs = notice is not null && await work.Db.Set<Notice>().Where(row => row.Id == id && row.Version == notice.Version)
                    .ExecuteUpdateAsync(
                        row => row
                            .SetProperty(found => found.GivenUpAt, (DateTimeOffset?)null)
                            .SetProperty(found => found.NotBefore, (DateTimeOffset?)null)
                            .SetProperty(found => found.Version, found => found.Version + 1),
                        token) == 1;
                if (isOurs)
                {
                    work.Record(new AuditEntry(AuditAction.NoticeSentAgain)
                    {
                        Actor = new AuditActor(admin.Id, admin.Name),
                        Details = new Dictionary<string, string?>(StringComparer.Ordinal) { ["notice"] = notice!.Kind, ["row"] = $"{notice.Sequence}" },
                    });
                }
            },
            cancellationToken);
        return null;
    }

    private static UndeliveredNotice Of(Notice notice)
    {
        var body = NoticeBody.Read(notice.Body);
        return new UndeliveredNotice(notice.Id, body.Text, body.Link, notice.CreatedAt, notice.Attempts, notice.Failure, notice.NotBefore, notice.GivenUpAt is not null);
    }
}
