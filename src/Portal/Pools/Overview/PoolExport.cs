using System.Globalization;
using System.Security.Claims;
using System.Text;
using Microsoft.Net.Http.Headers;
using Portal.Access;
using Portal.Audit;
using Portal.Inventory;
using Portal.Operations;
using Portal.Storage;

namespace Portal.Pools.Overview;

/// <summary><c>GET /pools.csv</c>: the list as somebody filtered and sorted it, for a spreadsheet. It takes the query of the page, and goes into the record.</summary>
internal static class PoolExport
{
    private static readonly IReadOnlyList<string> Header =
        ["name", "cluster", "read_only_replica_of", "database", "user", "mode", "size", "team", "owner", "state", "last_change", "last_changed_at", "as_of"];

    // Only somebody who is signed in comes here (the fallback policy).
    public static void Map(IEndpointRouteBuilder endpoints) => endpoints.MapGet("/pools.csv", ExportAsync);

    private static async Task<IResult> ExportAsync(
        HttpRequest request,
        ClaimsPrincipal user,
        Sessions sessions,
        BoardKeeper board,
        AuditLog audit,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (!(await sessions.ReadAsync(SessionKey.Of(user) ?? SessionKey.None, cancellationToken)).TryGet(out var person, out var ended))
        {
            return Results.Problem(title: ended.Message, statusCode: StatusCodes.Status401Unauthorized);
        }

        if (person.Roles.Count == 0)
        {
            return Results.Problem(title: "You have no role in the portal. Ask an admin for one.", statusCode: StatusCodes.Status403Forbidden);
        }

        var query = PoolQuery.Read(key => request.Query[key]) with { Page = 1 };
        var rows = (await board.ViewAsync(cancellationToken)).All(query);
        if (!await RecordAsync(audit, person, query, rows.Count))
        {
            return Results.Problem(
                title: "The export could not be recorded, so it was not made.", detail: "Try again in a while.", statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        request.HttpContext.Response.Headers[HeaderNames.CacheControl] = "no-store";
        request.HttpContext.Response.Headers[HeaderNames.XContentTypeOptions] = "nosniff";
        var name = $"pools-{clock.GetUtcNow().UtcDateTime.ToString("yyyyMMdd-HHmm", CultureInfo.InvariantCulture)}.csv";
        return Results.Stream(stream => WriteAsync(stream, rows, cancellationToken), "text/csv; charset=utf-8", name);
    }

    private static async Task<bool> RecordAsync(AuditLog audit, Person person, PoolQuery query, int rows)
    {
        var details = query.Values().ToDictionary(StringComparer.Ordinal);
        details["what"] = "pools";
        details["rows"] = rows.ToString(CultureInfo.InvariantCulture);
        try
        {
            await audit.AppendAsync(new AuditEntry(AuditAction.Exported) { Actor = new AuditActor(person.Id, person.Name), Details = details! }, CancellationToken.None);
            return true;
        }
        catch (Exception exception) when (Database.IsTrouble(exception))
        {
            return false;
        }
    }

    private static async Task WriteAsync(Stream stream, IReadOnlyList<PoolRow> rows, CancellationToken cancellationToken)
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

    private static IReadOnlyList<string?> FieldsOf(PoolRow row)
    {
        var (cluster, pool) = row;
        return
        [
            pool.Name,
            cluster.Name,
            cluster.PrimaryName,
            pool.Database,
            pool.User,
            pool.ModeText,
            pool.Size.ToString(CultureInfo.InvariantCulture),
            pool.Managed?.Team,
            pool.Managed?.OwnerName,
            pool.State.ToString().ToLowerInvariant(),
            pool.Managed?.LastChangeId.ToString(CultureInfo.InvariantCulture),
            Moment(pool.Managed?.LastChangedAt),
            Moment(cluster.PoolsReadAt),
        ];
    }

    private static string? Moment(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
