using System.Globalization;
using System.Security.Claims;
using System.Text;
using Microsoft.Net.Http.Headers;
using Portal.Access;
using Portal.Audit;
using Portal.Storage;

namespace Portal.Records;

/// <summary>Takes the record away: for a spreadsheet, and as lines that prove themselves. Each export is in the record before its first byte is sent.</summary>
internal static class RecordEndpoints
{
    // Only somebody who is signed in comes here (the fallback policy); the desk decides the rest.
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/audit/export.csv", (HttpRequest request, ClaimsPrincipal user, Services services, CancellationToken cancellationToken) =>
            ExportAsync(request, user, services, "csv", cancellationToken));
        endpoints.MapGet("/audit/export.jsonl", (HttpRequest request, ClaimsPrincipal user, Services services, CancellationToken cancellationToken) =>
            ExportAsync(request, user, services, "jsonl", cancellationToken));
        endpoints.MapGet("/audit/key.pem", GetKeyAsync);
    }

    private static async Task<IResult> ExportAsync(HttpRequest request, ClaimsPrincipal user, Services services, string format, CancellationToken cancellationToken)
    {
        var answer = await services.Desk.AuthorizeAsync(SessionKey.Of(user) ?? SessionKey.None, "export the record", cancellationToken);
        if (!answer.TryGet(out var person, out var refusal))
        {
            return Refused(refusal);
        }

        var query = RecordQuery.Read(key => request.Query[key]) with { Before = null };
        if (!await RecordAsync(services.Audit, person, query, format))
        {
            return Results.Problem(
                title: "The export could not be recorded, so it was not made.", detail: "Try again in a while.", statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        var clusters = await services.Desk.ClustersAsync(query.Cluster, cancellationToken);
        var scope = new ExportScope
        {
            Through = await services.Table.LastAsync(cancellationToken),
            Filter = query.IsFiltered ? rows => query.Apply(rows, clusters) : null,
            FilterWords = query.IsFiltered ? query.ToAddress() : null,
            By = person.Name,
        };
        NeverStored(request.HttpContext.Response);
        var name = $"audit-{services.Clock.GetUtcNow().UtcDateTime.ToString("yyyyMMdd-HHmm", CultureInfo.InvariantCulture)}.{format}";
        return format is "csv"
            ? Results.Stream(stream => RecordCsv.WriteAsync(stream, services.Table, scope, cancellationToken), "text/csv; charset=utf-8", name)
            : Results.Stream(
                async stream =>
                {
                    _ = (await services.Signing.GetAsync(cancellationToken)).TryGet(out var key, out _);
                    await services.Export.WriteAsync(stream, scope, key, cancellationToken);
                },
                "application/jsonl; charset=utf-8",
                name);
    }

    private static async Task<IResult> GetKeyAsync(HttpContext context, ClaimsPrincipal user, RecordDesk desk, ISigningKeySource signing, CancellationToken cancellationToken)
    {
        if (!(await desk.AuthorizeAsync(SessionKey.Of(user) ?? SessionKey.None, "read the record's key", cancellationToken)).TryGet(out _, out var refusal))
        {
            return Refused(refusal);
        }

        NeverStored(context.Response);
        return (await signing.GetAsync(cancellationToken)).Match(
            key => Results.File(Encoding.ASCII.GetBytes(key.Public.Pem), "application/x-pem-file", "record-key.pem"),
            none => Results.Problem(title: none.Message, statusCode: StatusCodes.Status404NotFound));
    }

    private static IResult Refused(Refusal refusal) => Results.Problem(
        title: refusal.Message,
        statusCode: refusal == Refusal.SessionEnded ? StatusCodes.Status401Unauthorized : StatusCodes.Status403Forbidden);

    private static async Task<bool> RecordAsync(AuditLog audit, Person person, RecordQuery query, string format)
    {
        var details = query.Values().ToDictionary(StringComparer.Ordinal);
        details["what"] = "record";
        details["format"] = format;
        try
        {
            await audit.AppendAsync(new AuditEntry(AuditAction.Exported) { Actor = new AuditActor(person.Id, person.Name), Details = details }, CancellationToken.None);
            return true;
        }
        catch (Exception exception) when (Database.IsTrouble(exception))
        {
            return false;
        }
    }

    private static void NeverStored(HttpResponse response)
    {
        response.Headers[HeaderNames.CacheControl] = "no-store";
        response.Headers[HeaderNames.XContentTypeOptions] = "nosniff";
    }

    internal sealed class Services(RecordDesk desk, RecordTable table, RecordExport export, ISigningKeySource signing, AuditLog audit, TimeProvider clock)
    {
        public RecordDesk Desk { get; } = desk;

        public RecordTable Table { get; } = table;

        public RecordExport Export { get; } = export;

        public ISigningKeySource Signing { get; } = signing;

        public AuditLog Audit { get; } = audit;

        public TimeProvider Clock { get; } = clock;
    }
}
