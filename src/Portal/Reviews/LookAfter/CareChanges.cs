using System.Globalization;
using Portal.Access;
using Portal.Changes;
using Portal.DigitalOcean;

namespace Portal.Reviews.LookAfter;

/// <summary>Makes pools smaller, or deletes them: one change for each, by the way that every change goes.</summary>
internal sealed class CareChanges(Sessions sessions, CareRights rights, PoolBooks books, PoolCare care, ChangeRequests requests)
{
    private const string Reason = "Found when looking after the team's pools";

    /// <param name="sizes">As typed, for each of the pools.</param>
    public async Task<Result<CareOutcomes, NotTaken>> ShrinkAsync(
        SessionKey session, IReadOnlyList<(ChosenPool Pool, string? Size)> sizes, CancellationToken cancellationToken)
    {
        var sizeOf = sizes.ToDictionary(size => size.Pool.Key, size => size.Size);
        return await EachAsync(
            session,
            [.. sizes.Select(size => size.Pool)],
            pool => WhyNotShrink(pool, sizeOf[pool.Key]),
            pool => RequestOf(ChangeKind.Resize, pool) with { Size = sizeOf[pool.Key]?.Trim() },
            "shrink",
            cancellationToken);
    }

    /// <param name="confirmation">What was typed: how many pools they are, or the name of the only one.</param>
    public async Task<Result<CareOutcomes, NotTaken>> DeleteAsync(
        SessionKey session, IReadOnlyList<ChosenPool> pools, string? confirmation, CancellationToken cancellationToken) =>
        confirmation?.Trim() != WordToConfirm(pools)
            ? new NotTaken([new FieldMistake(ChangeField.Confirmation, $"Type {WordToConfirm(pools)} to confirm")])
            : await EachAsync(session, pools, _ => null, pool => RequestOf(ChangeKind.Delete, pool), "delete", cancellationToken);

    /// <summary>What has to be typed before anything is deleted.</summary>
    public static string WordToConfirm(IReadOnlyList<ChosenPool> pools) =>
        pools is [var only] ? only.Key.Name : pools.Count.ToString(CultureInfo.InvariantCulture);

    // One after the other: one that is refused stops none of the others.
    private async Task<Result<CareOutcomes, NotTaken>> EachAsync(
        SessionKey session,
        IReadOnlyList<ChosenPool> pools,
        Func<ChosenPool, string?> whyNot,
        Func<ChosenPool, ExistingPoolRequest> request,
        string decision,
        CancellationToken cancellationToken)
    {
        if (!(await sessions.ReadAsync(session, cancellationToken)).TryGet(out var person, out var ended))
        {
            return NotTaken.Because(ended.Message);
        }

        if (PoolBooks.WhyNotSoMany(pools.Count) is { } tooMany)
        {
            return tooMany;
        }

        var managed = await books.FindAsync([.. pools.Select(pool => pool.Key)], cancellationToken);
        List<CareOutcome> outcomes = [];
        List<PoolKey> refused = [];
        foreach (var pool in pools)
        {
            if (!managed.TryGetValue(pool.Key, out var known))
            {
                outcomes.Add(CareOutcome.Gone(pool.Key));
            }
            else if (rights.WhyNotCare(person, known.Team) is { } refusal)
            {
                outcomes.Add(CareOutcome.Refused(pool.Key, refusal.Message));
                refused.Add(pool.Key);
            }
            else
            {
                outcomes.Add(whyNot(pool) is { } words ? CareOutcome.Refused(pool.Key, words) : await AskAsync(session, request(pool), cancellationToken));
            }
        }

        await books.RecordRefusedAsync(person, refused);
        await LookAsync(person, outcomes, decision, cancellationToken);
        return new CareOutcomes(outcomes);
    }

    private async Task<CareOutcome> AskAsync(SessionKey session, ExistingPoolRequest request, CancellationToken cancellationToken)
    {
        var key = new PoolKey(request.ClusterId, request.PoolName);
        return (await requests.SubmitAsync(session, request, cancellationToken)).TryGet(out var change, out var notTaken)
            ? CareOutcome.Of(key, change)
            : CareOutcome.Of(key, notTaken);
    }

    /// <summary>Who asks for less, or for the end of a pool, has looked at it.</summary>
    private async Task LookAsync(Person person, IReadOnlyList<CareOutcome> outcomes, string decision, CancellationToken cancellationToken)
    {
        var asked = outcomes.Where(outcome => outcome.ChangeId is not null).ToDictionary(outcome => outcome.Pool, outcome => outcome.ChangeId);
        if (asked.Count > 0)
        {
            await books.WriteAsync(
                person,
                [.. asked.Keys],
                pool => rights.WhyNotCare(person, pool.Team),
                (_, _) => Task.FromResult<PoolBooks.Writing>((work, pool) =>
                {
                    care.Look(work, pool, person, decision, asked[PoolKey.Of(pool)]);
                    return CareOutcome.Done(PoolKey.Of(pool), "");
                }),
                cancellationToken);
        }
    }

    private static string? WhyNotShrink(ChosenPool pool, string? typed)
    {
        List<FieldMistake> mistakes = [];
        var size = FieldRules.CheckSize(typed, pool.ClusterName, free: null, mistakes);
        return mistakes.Count > 0 ? $"{mistakes[0].Message}."
            : size >= pool.Before.Size ? $"It has {pool.Before.Size} connections: enter fewer to shrink it. Its own page makes it larger."
            : null;
    }

    private static ExistingPoolRequest RequestOf(ChangeKind kind, ChosenPool pool) => new()
    {
        FormId = pool.FormId,
        Kind = kind,
        ClusterId = pool.Key.ClusterId,
        PoolName = pool.Key.Name,
        Before = pool.Before,
        Confirmation = pool.Key.Name,
        Reason = Reason,
    };
}
