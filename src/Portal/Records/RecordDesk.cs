using Microsoft.EntityFrameworkCore;
using Portal.Access;
using Portal.Audit;
using Portal.DigitalOcean;
using Portal.Inventory;
using Portal.Storage;

namespace Portal.Records;

/// <summary>A row and the name of its cluster, when the portal still knows it.</summary>
public sealed record RecordLine(AuditRow Row, string? ClusterName);

/// <param name="HasOlder">There are more rows behind the last of these.</param>
public sealed record RecordPage(IReadOnlyList<RecordLine> Lines, bool HasOlder);

/// <summary>What can be said for the record as a whole.</summary>
/// <param name="Verdict">Null while the first verification runs.</param>
/// <param name="Checkpoint">The last one.</param>
/// <param name="WhyNotSigned">Why no checkpoint is made; null when they are.</param>
/// <param name="Heads">Where heads go.</param>
/// <param name="Removal">The last removal.</param>
internal sealed record RecordProof(
    long First, long Last, RecordVerdict? Verdict, AuditCheckpoint? Checkpoint, string? WhyNotSigned, HeadsOutside Heads, AuditRemoval? Removal);

/// <summary>Where the record is read, by those who may: admins and auditors. Who may not is in it.</summary>
internal sealed class RecordDesk(
    Sessions sessions,
    Refusals refusals,
    Database database,
    InventoryQueries inventory,
    RecordTable table,
    RecordWatch watch,
    HeadsOutside heads,
    ISigningKeySource signing)
{
    public const int PageSize = 50;

    private static readonly Refusal NotTheirs = new("Admins and auditors can read the record.");
    private static readonly Refusal NotReadable = new("The record cannot be read at the moment. Try again; if it stays so, look at the portal's log.");

    /// <summary>The person behind the session, if they may read the record; otherwise it is recorded that they wanted to.</summary>
    /// <param name="what">"read the record".</param>
    public async Task<Result<Person, Refusal>> AuthorizeAsync(SessionKey session, string what, CancellationToken cancellationToken)
    {
        if (!(await sessions.ReadAsync(session, cancellationToken)).TryGet(out var person, out var ended))
        {
            return ended;
        }

        if (person.Has(Role.Admin) || person.Has(Role.Auditor))
        {
            return person;
        }

        await refusals.RecordAsync(person, what, NotTheirs);
        return NotTheirs;
    }

    /// <summary>One page, newest first.</summary>
    public Task<Result<RecordPage, Refusal>> SearchAsync(SessionKey session, RecordQuery query, CancellationToken cancellationToken) =>
        ReadAsync(session, "read the record", () => SearchAsync(query, cancellationToken), cancellationToken);

    public Task<Result<RecordProof, Refusal>> ProofAsync(SessionKey session, CancellationToken cancellationToken) =>
        ReadAsync(session, "read the record", () => ProofAsync(cancellationToken), cancellationToken);

    /// <summary>Verifies every row now.</summary>
    public Task<Result<RecordVerdict, Refusal>> VerifyAsync(SessionKey session, CancellationToken cancellationToken) =>
        ReadAsync(session, "verify the record", () => watch.VerifyAllAsync(cancellationToken), cancellationToken);

    /// <summary>The ids of clusters that the text names; null for none.</summary>
    public async Task<IReadOnlyList<Guid>> ClustersAsync(string? text, CancellationToken cancellationToken)
    {
        if (text is null)
        {
            return [];
        }

        var named = (await inventory.ListAsync(cancellationToken)).Where(cluster => cluster.Name.Contains(text, StringComparison.OrdinalIgnoreCase)).Select(cluster => cluster.Id);
        return [.. Guid.TryParse(text, out var id) ? named.Append(id) : named];
    }

    private async Task<Result<T, Refusal>> ReadAsync<T>(SessionKey session, string what, Func<Task<T>> read, CancellationToken cancellationToken)
        where T : notnull
    {
        try
        {
            return (await AuthorizeAsync(session, what, cancellationToken)).TryGet(out _, out var refusal) ? await read() : refusal;
        }
        catch (Exception exception) when (Database.IsTrouble(exception))
        {
            return NotReadable;
        }
    }

    private async Task<RecordPage> SearchAsync(RecordQuery query, CancellationToken cancellationToken)
    {
        var clusters = await ClustersAsync(query.Cluster, cancellationToken);
        var before = query.Before ?? long.MaxValue;
        var rows = await database.ReadAsync(
            db => query.Apply(db.Set<AuditRow>(), clusters).Where(row => row.Sequence < before).OrderByDescending(row => row.Sequence).Take(PageSize + 1).ToListAsync(cancellationToken),
            cancellationToken);
        var names = (await inventory.ListAsync(cancellationToken)).ToDictionary(cluster => cluster.Id, cluster => cluster.Name);
        return new RecordPage(
            [.. rows.Take(PageSize).Select(row => new RecordLine(row, row.ClusterId is { } id ? names.GetValueOrDefault(id) : null))],
            rows.Count > PageSize);
    }

    private async Task<RecordProof> ProofAsync(CancellationToken cancellationToken)
    {
        var (first, _) = await table.BeginningAsync(cancellationToken);
        var last = await database.ReadAsync(db => AuditLog.EndAsync(db, cancellationToken), cancellationToken);
        var removal = await database.ReadAsync(db => db.Set<AuditRemoval>().OrderByDescending(row => row.Through).FirstOrDefaultAsync(cancellationToken), cancellationToken);
        var whyNot = (await signing.GetAsync(cancellationToken)).Match(_ => watch.NoCheckpoint, none => none.Message);
        return new RecordProof(first, last.Sequence, watch.Verdict, await table.LastCheckpointAsync(cancellationToken), whyNot, heads, removal);
    }
}
