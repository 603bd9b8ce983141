using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Portal.Access;

namespace Portal.Shell;

/// <summary>How many pages each person has open, each with its circuit in the memory of this process. Blazor itself has no limit by person.</summary>
/// <remarks>
/// What is counted is the WebSocket, for as long as it is open: a page that was closed makes room at once, not when its circuit is given up.
/// There is no other way to a circuit, because every other transport is refused.
/// </remarks>
internal sealed class OpenPages(IOptions<ConnectionLimits> limits, TimeProvider clock, ILogger<OpenPages> logger)
{
    /// <summary>Answers 204 while there is room for one more, else 429: a browser does not tell a page why its WebSocket was refused.</summary>
    public const string Path = "/_blazor/room";

    private static readonly PathString Hub = "/_blazor";

    // Every page of everybody would say it, again and again.
    private static readonly TimeSpan ToldApart = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, int> _open = new(StringComparer.Ordinal);

    private long _refused;
    private long _tellAgainAt;

    /// <summary>Pages that are open.</summary>
    public int Count => _open.Values.Sum();

    /// <summary>People who have one open.</summary>
    public int People => _open.Count(person => person.Value > 0);

    /// <summary>Pages that were refused since the process was started.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    public bool HasRoom(ClaimsPrincipal user) => _open.GetValueOrDefault(PersonOf(user)) < limits.Value.CircuitsPerPerson;

    public async Task CountAsync(HttpContext context, RequestDelegate next)
    {
        if (!context.Request.Path.StartsWithSegments(Hub, StringComparison.OrdinalIgnoreCase, out var rest))
        {
            await next(context);
            return;
        }

        if (rest.HasValue && rest != "/")
        {
            // The page connects without negotiating. What negotiates wants a transport that is not counted.
            await (rest.StartsWithSegments("/negotiate", StringComparison.OrdinalIgnoreCase) ? RefuseAsync(context, StatusCodes.Status404NotFound) : next(context));
            return;
        }

        if (!IsWebSocket(context))
        {
            TellNoWebSocket(context.User);
            await RefuseAsync(context, StatusCodes.Status400BadRequest);
            return;
        }

        var person = PersonOf(context.User);
        if (!TryEnter(person))
        {
            Interlocked.Increment(ref _refused);
            logger.TooManyPages(person, limits.Value.CircuitsPerPerson);
            await RefuseAsync(context, StatusCodes.Status429TooManyRequests);
            return;
        }

        try
        {
            await next(context);
        }
        finally
        {
            Leave(person);
        }
    }

    // By HTTP/1.1 an upgrade, by HTTP/2 an extended CONNECT (RFC 8441).
    private static bool IsWebSocket(HttpContext context) =>
        context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
        || context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true };

    private void TellNoWebSocket(ClaimsPrincipal user)
    {
        var now = clock.GetUtcNow().UtcTicks;
        var due = Interlocked.Read(ref _tellAgainAt);
        if (now >= due && Interlocked.CompareExchange(ref _tellAgainAt, now + ToldApart.Ticks, due) == due)
        {
            logger.NoWebSocket(PersonOf(user), ToldApart);
        }
    }

    private static Task RefuseAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static string PersonOf(ClaimsPrincipal user) => user.FindFirst(SessionPrincipal.PersonClaim)?.Value ?? "";

    private bool TryEnter(string person)
    {
        while (true)
        {
            var count = _open.GetOrAdd(person, 0);
            if (count >= limits.Value.CircuitsPerPerson)
            {
                return false;
            }

            if (_open.TryUpdate(person, count + 1, count))
            {
                return true;
            }
        }
    }

    private void Leave(string person)
    {
        if (_open.AddOrUpdate(person, 0, (_, count) => count - 1) == 0)
        {
            // Only when it is still nothing: another page may have come meanwhile.
            _open.TryRemove(KeyValuePair.Create(person, 0));
        }
    }
}
