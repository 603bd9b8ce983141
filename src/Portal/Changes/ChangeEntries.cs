using System.Globalization;
using Portal.Access;
using Portal.Audit;

namespace Portal.Changes;

/// <summary>How a change is written into the record.</summary>
internal static class ChangeEntries
{
    public static AuditEntry Entry(this PoolChange change, string action, Person? person = null) => new(action)
    {
        Actor = person is null ? AuditActor.Portal : new AuditActor(person.Id, person.Name),
        ChangeId = change.Id,
        ClusterId = change.ClusterId,
        Pool = change.PoolName,
        Details = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["kind"] = change.Kind.ToString(),
            ["team"] = change.Team,
            ["mode"] = change.Mode.ToString(),
            ["size"] = change.Size.ToString(CultureInfo.InvariantCulture),
            ["database"] = change.Database,
            ["user"] = change.User,
            ["attempt"] = change.Attempt == 0 ? null : change.Attempt.ToString(CultureInfo.InvariantCulture),
            ["happened"] = change.Happened,
            ["requestId"] = change.ApiRequestId,
        },
    };
}
