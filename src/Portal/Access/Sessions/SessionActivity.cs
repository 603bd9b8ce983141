using Microsoft.AspNetCore.SignalR;
using Portal.Storage;

namespace Portal.Access;

/// <summary>Counts what a person does on a page that is already open: events and going to another page.</summary>
/// <remarks>
/// Not the framework's inbound activity of circuits: that counts the browser's receipt for every drawing of the server too
/// (<c>CircuitHost.OnRenderCompletedAsync</c>, ASP.NET Core 10.0.12), so that a page which shows live progress would keep itself signed in.
/// </remarks>
internal sealed class SessionActivity(Sessions sessions, SessionFeed feed, TimeProvider clock, ILogger<SessionActivity> logger) : IHubFilter
{
    private static readonly object TouchedAt = new();

    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        if (invocationContext.HubMethodName is "BeginInvokeDotNetFromJS" or "OnLocationChanged")
        {
            await TouchAsync(invocationContext.Context);
        }

        return await next(invocationContext);
    }

    private async Task TouchAsync(HubCallerContext connection)
    {
        var now = clock.GetUtcNow();
        if (SessionKey.Of(connection.User) is not { } session
            || feed.IsWarned(session)
            || (connection.Items.TryGetValue(TouchedAt, out var last) && now < (DateTimeOffset)last! + sessions.ActivityApart))
        {
            return;
        }

        connection.Items[TouchedAt] = now;
        try
        {
            await sessions.TouchAsync(session, connection.ConnectionAborted);
        }
        catch (Exception exception) when (Database.IsTrouble(exception))
        {
            // The event itself may still be served; what needs the database says so by itself.
            logger.ActivityNotWritten(exception);
        }
    }
}
