using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Portal.Storage;

namespace Portal.Access;

/// <summary>The provider ends sessions here: by a frame in the person's browser, or by a call of its own.</summary>
/// <remarks>
/// <see href="https://openid.net/specs/openid-connect-frontchannel-1_0.html"/> and
/// <see href="https://openid.net/specs/openid-connect-backchannel-1_0.html"/>. Both are open to everybody: what lets them end a session is
/// a name of the provider's session that nobody else knows, or the provider's signature.
/// </remarks>
internal sealed class ProviderSignOut(
    Sessions sessions, LogoutTokenReader tokens, ProviderMetadata metadata, IOptions<SignInOptions> options, TimeProvider clock, ILogger<ProviderSignOut> logger)
    : IDisposable
{
    public const string FrontChannel = "/signout-frontchannel-oidc";
    public const string BackChannel = "/signout-backchannel-oidc";

    private const int LongestBody = 16 * 1024;
    private const int LongestSession = 255;

    // Anybody can send tokens and names that are none. More than this in a minute is nothing that a provider has to say to one portal.
    private readonly FixedWindowRateLimiter _calls = new(new FixedWindowRateLimiterOptions
    {
        PermitLimit = 600,
        Window = TimeSpan.FromMinutes(1),
        QueueLimit = 0,
    });

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(FrontChannel, (string? sid, string? iss, ProviderSignOut door, HttpContext context) => door.FromFrameAsync(sid, iss, context))
            .AllowAnonymous()
            .WithMetadata(FramedByProvider.Mark);
        endpoints.MapPost(BackChannel, (ProviderSignOut door, HttpContext context) => door.FromProviderAsync(context))
            .AllowAnonymous()
            .WithMetadata(new RequestSizeLimitAttribute(LongestBody));
    }

    public void Dispose() => _calls.Dispose();

    /// <remarks>Entra sends the session alone. What is not known is answered like what is: nobody learns here which sessions there are.</remarks>
    private async Task<IResult> FromFrameAsync(string? sid, string? iss, HttpContext context)
    {
        using var permit = _calls.AttemptAcquire();
        if (!permit.IsAcquired)
        {
            return Results.StatusCode(StatusCodes.Status429TooManyRequests);
        }

        var isOurs = iss is null || iss.TrimEnd('/') == options.Value.Authority.TrimEnd('/');
        return isOurs && sid is { Length: > 0 and <= LongestSession } && !await TryEndAsync(new Logout(sid, PersonId: null, clock.GetUtcNow()))
            ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable)
            : Results.Text("", "text/html");
    }

    private async Task<IResult> FromProviderAsync(HttpContext context)
    {
        using var permit = _calls.AttemptAcquire();
        if (!permit.IsAcquired)
        {
            return Results.StatusCode(StatusCodes.Status429TooManyRequests);
        }

        if (await TokenInAsync(context.Request) is not { } token)
        {
            return Refuse("The body is not a form with one logout_token.");
        }

        if (!(await metadata.GetAsync(context.RequestAborted)).TryGet(out var provider, out var failure))
        {
            logger.LogoutRefused(failure.Message);
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        var read = await metadata.ReadTokenAsync(provider, known => tokens.ReadAsync(token, known), context.RequestAborted);
        if (!read.TryGet(out var logout, out var fault))
        {
            return Refuse(fault.Detail);
        }

        return await TryEndAsync(logout) ? Results.Ok() : Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<string?> TokenInAsync(HttpRequest request)
    {
        if (!request.HasFormContentType)
        {
            return null;
        }

        try
        {
            var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
            return form["logout_token"] is [{ Length: > 0 } token] ? token : null;
        }
        catch (Exception exception) when (exception is BadHttpRequestException or InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>A token that comes twice ends nothing that began after it was written.</summary>
    private async Task<bool> TryEndAsync(Logout logout)
    {
        try
        {
            // Not the caller's token: a frame that is closed early still has said it.
            await sessions.EndByProviderAsync(logout.ProviderSession, logout.PersonId, logout.IssuedAt + SignedTokens.Skew, CancellationToken.None);
            return true;
        }
        catch (Exception exception) when (Database.IsTrouble(exception))
        {
            logger.LogoutNotDone(exception);
            return false;
        }
    }

    private IResult Refuse(string detail)
    {
        logger.LogoutRefused(detail);
        return Results.Json(new { error = "invalid_request", error_description = detail }, statusCode: StatusCodes.Status400BadRequest);
    }
}
