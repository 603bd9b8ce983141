using System.Globalization;
using System.Net.Mime;
using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Portal.Access;

namespace Portal.Connections;

/// <summary>The one address that answers with a password, and the one of the CA certificate.</summary>
internal static class ConnectionEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        // Only somebody who is signed in comes here (the fallback policy); the desk decides the rest. The antiforgery
        // token is checked by the framework, because the parameters are [FromForm].
        endpoints.MapPost("/clusters/{id:guid}/pools/{name}/connection", HandOutAsync).AddEndpointFilter(NeverStoredAsync);
        endpoints.MapGet("/clusters/{id:guid}/ca-certificate.crt", GetCertificateAsync).AddEndpointFilter(NeverStoredAsync);
    }

    private static async Task<IResult> HandOutAsync(
        Guid id,
        string name,
        [FromForm] string? format,
        [FromForm] string? use,
        [FromForm] string? server,
        [FromForm] string? network,
        [FromForm] string? verify,
        [FromForm] string? connectAs,
        [FromForm] string? prepared,
        [FromForm] string? purpose,
        ClaimsPrincipal user,
        ConnectionDesk desk,
        ConnectionsMeter meter,
        CancellationToken cancellationToken)
    {
        // A page that was opened before there were other ways asks for none of them.
        if (Parse<ConnectionUse>(use ?? "pool") is not { } through
            || Parse<ConnectionServer>(server ?? "primary") is not { } where
            || Parse<Network>(network) is not { } from
            || Parse<ConnectionPurpose>(purpose) is not { } why
            || Parse<PreparedStatements>(prepared ?? "unknown") is not { } tracking
            || verify is not (null or "true" or "false"))
        {
            return Problem(new NotHandedOut(NotHandedOutKind.BadRequest, "The request cannot be understood.", "Load the page again."));
        }

        var request = new ConnectionRequest(
            id, name, format ?? "", new ConnectionWay(through, where, from), verify is "true", string.IsNullOrEmpty(connectAs) ? null : connectAs, why)
        {
            Prepared = prepared is null ? null : tracking,
        };
        if (SessionKey.Of(user) is not { } session)
        {
            return Problem(NotHandedOut.Ended(Refusal.SessionEnded));
        }

        var answer = await desk.HandOutAsync(session, request, cancellationToken);
        meter.Answered(request, answer);
        return answer.Match(
            handedOut => Results.Text(handedOut.Text.Reveal(), MediaTypeNames.Text.Plain, Encoding.UTF8),
            Problem);
    }

    private static async Task<IResult> GetCertificateAsync(Guid id, ClaimsPrincipal user, ConnectionDesk desk, CancellationToken cancellationToken) =>
        SessionKey.Of(user) is not { } session
            ? Problem(NotHandedOut.Ended(Refusal.SessionEnded))
            : (await desk.GetCertificateAsync(session, id, cancellationToken)).Match(
                authority => Results.File(Encoding.UTF8.GetBytes(authority.Pem), "application/x-pem-file", ConnectionDetails.CaFile),
                Problem);

    private static IResult Problem(NotHandedOut why) => Results.Problem(
        title: why.Happened,
        detail: why.ToDo,
        statusCode: why.Kind switch
        {
            NotHandedOutKind.BadRequest => StatusCodes.Status400BadRequest,
            NotHandedOutKind.SessionEnded => StatusCodes.Status401Unauthorized,
            NotHandedOutKind.NotAllowed or NotHandedOutKind.ProveAgain => StatusCodes.Status403Forbidden,
            NotHandedOutKind.TooMany => StatusCodes.Status429TooManyRequests,
            NotHandedOutKind.Gone => StatusCodes.Status404NotFound,
            NotHandedOutKind.ChangedMeanwhile or NotHandedOutKind.NoPassword => StatusCodes.Status409Conflict,
            NotHandedOutKind.ApiFailed => StatusCodes.Status502BadGateway,
            _ => StatusCodes.Status503ServiceUnavailable,
        },
        extensions: new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["kind"] = why.Kind.ToString(),
            ["apiMessage"] = why.ApiMessage,
            ["requestId"] = why.RequestId,
        });

    private static ValueTask<object?> NeverStoredAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var headers = context.HttpContext.Response.Headers;
        headers[HeaderNames.CacheControl] = "no-store";
        headers[HeaderNames.XContentTypeOptions] = "nosniff";
        return next(context);
    }

    // Names only: a number would also be taken by Enum.Parse.
    private static T? Parse<T>(string? text)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (string.Equals(value.ToString().ToLower(CultureInfo.InvariantCulture), text, StringComparison.Ordinal))
            {
                return value;
            }
        }

        return null;
    }
}
