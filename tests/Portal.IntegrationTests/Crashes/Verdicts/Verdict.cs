using Portal.Audit;
using Portal.Changes;

namespace Portal.IntegrationTests.Crashes;

/// <summary>What must never be.</summary>
internal enum FlawKind
{
    /// <summary>A change that was taken in is gone, or is called done and took no effect.</summary>
    Lost,

    /// <summary>A change took effect more than once.</summary>
    Doubled,

    /// <summary>A change has no end, failed and took effect all the same, or what stands at DigitalOcean is not what the portal's books say.</summary>
    HalfDone,

    /// <summary>The record is broken, or does not tell what happened.</summary>
    NotRecorded,
}

internal sealed record Flaw(FlawKind Kind, string Words);

/// <summary>Holds what happened against what was promised.</summary>
internal static class Verdict
{
    private static readonly string[] DoneWords = [AuditAction.Done, AuditAction.TakenAsOurs];
    private static readonly string[] FailedWords = [AuditAction.Failed, AuditAction.GivenUp, AuditAction.Overtaken];

    public static IReadOnlyList<Flaw> On(Evidence evidence) =>
    [
        .. OnChanges(evidence),
        .. OfBooks(evidence),
        .. SomeRecord.FirstBroken(evidence.Record) is { } row ? [new Flaw(FlawKind.NotRecorded, $"the record is broken at row {row}")] : Array.Empty<Flaw>(),
    ];

    /// <summary>Of the changes alone, where others work on the same pools.</summary>
    public static IReadOnlyList<Flaw> OnChanges(Evidence evidence) => [.. evidence.Plan.SelectMany(planned => OfChange(evidence, planned))];

    private static IEnumerable<Flaw> OfChange(Evidence evidence, PlannedChange planned)
    {
        var effects = evidence.EffectsOf(planned);
        if (effects > 1)
        {
            yield return new Flaw(FlawKind.Doubled, $"{planned} took effect {effects} times");
        }

        if (evidence.ChangeOf(planned) is not { } change)
        {
            if (evidence.Taken.Contains(planned.Form) || effects > 0)
            {
                yield return new Flaw(FlawKind.Lost, $"{planned} was taken in, and there is no such change");
            }

            yield break;
        }

        var words = change.State switch
        {
            ChangeState.Done when planned.Method is not null && effects == 0 => new Flaw(FlawKind.Lost, $"{planned} is done, and took no effect"),
            ChangeState.Failed when effects > 0 => new Flaw(FlawKind.HalfDone, $"{planned} failed ({change.Happened}), and took effect"),
            ChangeState.Failed when string.IsNullOrEmpty(change.Happened) => new Flaw(FlawKind.HalfDone, $"{planned} failed without a word"),
            ChangeState.Done or ChangeState.Failed => null,
            _ => new Flaw(FlawKind.HalfDone, $"{planned} is still {change.State} (not before {change.NotBefore:O}, lease until {change.LeaseUntil:O}, changed {change.ChangedAt:O}): {change.Happened}"),
        };
        if (words is not null)
        {
            yield return words;
        }

        foreach (var flaw in OfRecord(evidence, planned, change))
        {
            yield return flaw;
        }
    }

    private static IEnumerable<Flaw> OfRecord(Evidence evidence, PlannedChange planned, PoolChange change)
    {
        var rows = evidence.Record.Where(row => row.ChangeId == change.Id).Select(row => row.Action).ToList();
        if (rows.Count(row => row is AuditAction.Requested) != 1)
        {
            yield return new Flaw(FlawKind.NotRecorded, $"{planned} was not recorded once as asked for: {string.Join(", ", rows)}");
        }

        var (right, wrong) = change.State is ChangeState.Done ? (DoneWords, FailedWords) : (FailedWords, DoneWords);
        if (change.IsFinished && (rows.Count(right.Contains) != 1 || rows.Any(wrong.Contains)))
        {
            yield return new Flaw(FlawKind.NotRecorded, $"{planned} is {change.State}, and its record says {string.Join(", ", rows)}");
        }

        // What was refused for the token or the rate limit was certainly not done, and may be sent again for the same intent.
        var calls = evidence.Ledger.Count(entry => planned.IsCall(entry) && entry.Status is not (401 or 429));
        var intents = rows.Count(row => row is AuditAction.Sent);
        if (calls > intents)
        {
            yield return new Flaw(FlawKind.NotRecorded, $"{planned} was sent {calls} times, with {intents} intents before: {string.Join(", ", rows)}");
        }
    }

    private static IEnumerable<Flaw> OfBooks(Evidence evidence)
    {
        var books = evidence.Managed.ToDictionary(pool => (Cluster: pool.ClusterId, Pool: pool.Name), pool => pool.Fields);
        foreach (var (pool, fields) in evidence.Others)
        {
            books.TryAdd(pool, fields);
        }

        foreach (var pool in books.Keys.Union(evidence.Standing.Keys))
        {
            var ours = books.GetValueOrDefault(pool);
            var theirs = evidence.Standing.GetValueOrDefault(pool);
            if (ours != theirs)
            {
                yield return new Flaw(FlawKind.HalfDone, $"{pool.Pool} on {pool.Cluster:N} is {theirs?.ToString() ?? "not there"} at DigitalOcean and {ours?.ToString() ?? "unknown"} in the books");
            }
        }
    }
}
