using Portal.Access;
using Portal.Audit;
using Portal.Inventory;

namespace Portal.Changes;

/// <summary>How another end date is written into the record.</summary>
internal static class EndDateEntry
{
    /// <param name="endsAt">The new one; null for none.</param>
    /// <param name="person">Null when the portal itself let go of it.</param>
    /// <param name="because">Why, where nobody's wish says it.</param>
    public static AuditEntry Of(ManagedPool pool, DateTimeOffset? endsAt, Person? person, string? because = null) => new(AuditAction.EndDateSet)
    {
        Actor = person is null ? AuditActor.Portal : new AuditActor(person.Id, person.Name),
        ClusterId = pool.ClusterId,
        Pool = pool.Name,
        Details = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["team"] = pool.Team,
            ["from"] = EndDate.Typed(pool.EndsAt) ?? "none",
            ["to"] = EndDate.Typed(endsAt) ?? "none",
            ["because"] = because,
        },
    };
}
