using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Access;
using Portal.Audit;
using Portal.DigitalOcean;
using Portal.Inventory;
using Portal.Storage;

namespace Portal.Changes;

/// <summary>Where an admin stops changes for a while, and lets them go on.</summary>
internal sealed class FreezeDesk(
    AdminDoor door, InventoryQueries inventory, Freezes freezes, AuditLog audit, Database database, TimeProvider clock, ILogger<FreezeDesk> logger)
{
    public const int LongestWords = 500;

    /// <summary>A freeze that everybody forgets ends by itself.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(14);

    private const int ShownOver = 10;

    // As a browser's field for a moment writes it: with seconds only when there are some.
    private static readonly string[] Written = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];

    /// <summary>What is frozen, and the last that were.</summary>
    public async Task<Result<FreezeList, Refusal>> ListAsync(SessionKey session, CancellationToken cancellationToken)
    {
        if (!(await door.SeeAsync(session, cancellationToken)).TryGet(out var viewer, out var refusal))
        {
            return refusal;
        }

        var holding = await freezes.LookAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var over = await database.ReadAsync(
            db => db.Set<Freeze>().Where(freeze => freeze.EndedAt != null || freeze.Until <= now).OrderByDescending(freeze => freeze.Id).Take(ShownOver).ToListAsync(cancellationToken),
            cancellationToken);
        return new FreezeList(holding, over, viewer.Has(Role.Admin));
    }

    public async Task<Result<Freeze, NotFrozen>> FreezeAsync(SessionKey session, FreezeRequest request, CancellationToken cancellationToken)
    {
        if (!(await door.ActAsync(session, "freeze changes", cancellationToken)).TryGet(out var admin, out var refusal))
        {
            return new NotFrozen([], refusal.Message);
        }

        var now = clock.GetUtcNow();
        var cluster = request.Cluster is { } id ? await inventory.FindAsync(id, cancellationToken) : null;
        var mistakes = Check(request, cluster, now, out var until);
        if (mistakes.Count > 0)
        {
            return new NotFrozen(mistakes);
        }

        var freeze = new Freeze
        {
            ClusterId = cluster?.Id,
            ClusterName = cluster?.Name,
            Words = request.Words!.Trim(),
            ById = admin.Id,
            ByName = admin.Name,
            From = now,
            Until = until,
        };
        await audit.CommitAsync(
            (work, _) =>
            {
                work.Db.Add(freeze);
                work.Record(Entry(AuditAction.Frozen, freeze, admin));
                return Task.CompletedTask;
            },
            cancellationToken);
        logger.ChangesFrozen(admin.Id, freeze.What, until);
        await freezes.LookAsync(CancellationToken.None);
        return freeze;
    }

    /// <summary>Lets changes go on before the time.</summary>
    /// <returns>Null when it is done, or was over already.</returns>
    public async Task<Refusal?> EndAsync(SessionKey session, long id, CancellationToken cancellationToken)
    {
        if (!(await door.ActAsync(session, "end a freeze", cancellationToken)).TryGet(out var admin, out var refusal))
        {
            return refusal;
        }

        var now = clock.GetUtcNow();
        var ended = await audit.CommitAsync(
            async (work, token) =>
            {
                // In the statement itself, so that of two admins one ends it.
                var isOurs = await work.Db.Set<Freeze>().Where(freeze => freeze.Id == id && freeze.EndedAt == null && freeze.Until > now)
                    .ExecuteUpdateAsync(row => row.SetProperty(freeze => freeze.EndedAt, now).SetProperty(freeze => freeze.EndedByName, admin.Name), token) == 1;
                if (!isOurs)
                {
                    return null;
                }

                var freeze = await work.Db.Set<Freeze>().AsNoTracking().SingleAsync(freeze => freeze.Id == id, token);
                work.Record(Entry(AuditAction.Unfrozen, freeze, admin));
                return freeze;
            },
            cancellationToken);
        if (ended is not null)
        {
            logger.ChangesUnfrozen(admin.Id, ended.What);
        }

        await freezes.LookAsync(CancellationToken.None);
        return null;
    }

    private static List<FreezeMistake> Check(FreezeRequest request, ClusterFacts? cluster, DateTimeOffset now, out DateTimeOffset until)
    {
        var mistakes = new List<FreezeMistake>();
        if (request.Cluster is not null && cluster is null)
        {
            mistakes.Add(new FreezeMistake(FreezeField.Cluster, "Choose a cluster of the list, or all clusters"));
        }

        if (string.IsNullOrWhiteSpace(request.Words))
        {
            mistakes.Add(new FreezeMistake(FreezeField.Words, "Say why, so that people know what they wait for"));
        }
        else if (request.Words.Trim().Length > LongestWords)
        {
            mistakes.Add(new FreezeMistake(FreezeField.Words, $"Use at most {LongestWords} characters"));
        }
        else if (FreeText.WhyNot("Why", request.Words) is { } why)
        {
            mistakes.Add(new FreezeMistake(FreezeField.Words, why));
        }

        if (!DateTimeOffset.TryParseExact(request.Until, Written, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out until))
        {
            mistakes.Add(new FreezeMistake(FreezeField.Until, "Say when it ends by itself, with day and time in UTC"));
        }
        else if (until <= now)
        {
            mistakes.Add(new FreezeMistake(FreezeField.Until, string.Create(CultureInfo.InvariantCulture, $"Choose an end that is still to come: it is {now.UtcDateTime:d MMM yyyy, HH:mm} UTC")));
        }
        else if (until > now + Longest)
        {
            mistakes.Add(new FreezeMistake(FreezeField.Until, $"Choose an end within {Longest.Days} days; a freeze can be begun again"));
        }

        return mistakes;
    }

    private static AuditEntry Entry(string action, Freeze freeze, Person admin) => new(action)
    {
        Actor = new AuditActor(admin.Id, admin.Name),
        ClusterId = freeze.ClusterId,
        Details = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["what"] = freeze.What,
            ["words"] = freeze.Words,
            ["until"] = freeze.Until.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        },
    };
}

/// <summary>What the form about a freeze can say.</summary>
/// <param name="Cluster">Null for all clusters.</param>
/// <param name="Words">Why; at most 500 characters.</param>
/// <param name="Until">A moment in UTC as a browser's field writes it: "2026-11-25T18:00".</param>
internal sealed record FreezeRequest(Guid? Cluster, string? Words, string? Until);

internal enum FreezeField
{
    Cluster,
    Words,
    Until,
}

internal sealed record FreezeMistake(FreezeField Field, string Message);

/// <summary>Why there is no freeze: what to put right in the form, or who can begin one.</summary>
internal sealed record NotFrozen(IReadOnlyList<FreezeMistake> Mistakes, string? Message = null);

/// <param name="Over">Newest first.</param>
internal sealed record FreezeList(IReadOnlyList<Freeze> Holding, IReadOnlyList<Freeze> Over, bool MayAct);
