using System.Globalization;
using System.Security.Claims;
using System.Text;
using Microsoft.Net.Http.Headers;
using Portal.Access;
using Portal.Audit;
using Portal.Operations;
using Portal.Storage;

namespace Portal.Reviews.AccessNow;

/// <summary><c>GET /audit/access.csv</c>: who can see, change and review each pool at this moment, for an access review. It goes into the record.</summary>
internal static class AccessExport
{
    private static readonly IReadOnlyList<string> Header =
        ["cluster", "pool", "database", "user", "team", "right", "person", "person_id", "group", "why"];

    // Only somebody who is signed in comes here (the fallback policy).
    public static void Map(IEndpointRouteBuilder endpoints) => endpoints.MapGet("/audit/access.csv", ExportAsync);

    private static async Task<IResult> ExportAsync(
        HttpContext context,
        ClaimsPrincipal user,
        Sessions sessions,
        AccessReview review,
        AuditLog audit,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (!(await sessions.ReadAsync(SessionKey.Of(user) ?? SessionKey.None, cancellationToken)).TryGet(out var person, out var ended))
        {
            return Results.Problem(title: ended.Message, statusCode: StatusCodes.Status401Unauthorized);
        }

        if (!person.Has(Role.Admin) && !person.Has(Role.Auditor))
        {
            return Results.Problem(title: "Admins and auditors can export who has access.", statusCode: StatusCodes.Status403Forbidden);
        }

        var rows = await review.ReadAsync(cancellationToken);
        if (!await RecordAsync(audit, person))
        {
            return Results.Problem(
                title: "The export could not be recorded, so it was not made.", detail: "Try again in a while.", statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        context.Response.Headers[HeaderNames.CacheControl] = "no-store";
        context.Response.Headers[HeaderNames.XContentTypeOptions] = "nosniff";
        var name = $"access-{clock.GetUtcNow().UtcDateTime.ToString("yyyyMMdd-HHmm", CultureInfo.InvariantCulture)}.csv";
        return Results.Stream(stream => WriteAsync(stream, rows, cancellationToken), "text/csv; charset=utf-8", name);
    }

    private static async Task<bool> RecordAsync(AuditLog audit, Person person)
    {
        try
        {
            await audit.AppendAsync(
                new AuditEntry(AuditAction.Exported)
                {
                    Actor = new AuditActor(person.Id, person.Name),
                    Details = new Dictionary<string, string?>(StringComparer.Ordinal) { ["what"] = "access now" },
                },
                CancellationToken.None);
            return true;
        }
        catch (Exception exception) when (Database.IsTrouble(exception))
        {
            return false;
        }
    }

    private static async Task WriteAsync(Stream stream, IEnumerable<AccessRow> rows, CancellationToken cancellationToken)
    {
        // With a byte order mark: without it, Excel takes the text for the code page of the machine.
        await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), bufferSize: 16 * 1024, leaveOpen: true);
        var line = new StringBuilder();
        foreach (var fields in rows.Select(FieldsOf).Prepend(Header))
        {
            line.Clear().AppendJoin(',', fields.Select(Csv.Field)).Append("\r\n");
            await writer.WriteAsync(line, cancellationToken);
        }
    }

    private static IReadOnlyList<string?> FieldsOf(AccessRow row) =>
        [row.Cluster, row.Pool, row.Database, row.User ?? "inbound user", row.Team, row.Right, row.PersonName, row.PersonId, row.Group, row.Why];
}
