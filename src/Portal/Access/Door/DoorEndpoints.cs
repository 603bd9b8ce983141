using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Portal.Access;

/// <summary>In and out. The way back from the provider, <c>/signin-oidc</c>, is served by <see cref="PortalSignInHandler"/>.</summary>
internal static class DoorEndpoints
{
    public const string SignOutCallback = "/signout-callback-oidc";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/sign-in", SignIn).AllowAnonymous();
        endpoints.MapPost("/sign-out", SignOutAsync).AllowAnonymous();
        endpoints.MapGet(SignOutCallback, () => TypedResults.LocalRedirect("~/signed-out")).AllowAnonymous();
        ProviderSignOut.Map(endpoints);
    }

    private static Results<ChallengeHttpResult, RedirectHttpResult, UnauthorizedHttpResult> SignIn(HttpContext context, string? returnUrl, string? account, string? prove)
    {
        // Not for an image or a frame on some page: each sign-in leaves a cookie.
        if (!DoorRequests.IsPage(context.Request))
        {
            return TypedResults.Unauthorized();
        }

        var wantsOther = account is "other";
        var mustProve = prove is StepUp.Now;
        if (!wantsOther && !mustProve && context.User.Identity is { IsAuthenticated: true })
        {
            return TypedResults.LocalRedirect("~" + ReturnAddress.OrHome(returnUrl));
        }

        var properties = new AuthenticationProperties { RedirectUri = ReturnAddress.OrHome(returnUrl) };
        properties.SetParameter(PortalSignInHandler.OtherAccount, wantsOther);
        properties.SetParameter(PortalSignInHandler.Prove, mustProve);
        return TypedResults.Challenge(properties, [PortalSignInHandler.SchemeName]);
    }

    /// <remarks>Open to all: somebody whose session has just ended wants out as well, and there is nothing left to protect.</remarks>
    private static async Task<Results<RedirectHttpResult, BadRequest<string>>> SignOutAsync(
        HttpContext context,
        IAntiforgery antiforgery,
        Sessions sessions,
        ProviderMetadata provider,
        IOptions<SignInOptions> options,
        ILoggerFactory loggers,
        CancellationToken cancellationToken)
    {
        if (SessionKey.Of(context.User) is not { } session)
        {
            await context.SignOutAsync(SessionPrincipal.Scheme);
            return TypedResults.LocalRedirect("~/signed-out");
        }

        if (!await antiforgery.IsRequestValidAsync(context))
        {
            loggers.CreateLogger(typeof(DoorEndpoints)).FormRefused();
            return TypedResults.BadRequest("This form is out of date. Reload the page and try again.");
        }

        var idToken = await sessions.EndAsync(session, SessionEnd.SignedOut, by: null, cancellationToken);
        await context.SignOutAsync(SessionPrincipal.Scheme);
        context.Response.Headers["Clear-Site-Data"] = "\"cache\"";

        // What is at hand will do: a provider that is down must not keep anybody in.
        return provider.AtHand?.EndSessionEndpoint is { Length: > 0 } endSession
            ? TypedResults.Redirect(QueryHelpers.AddQueryString(endSession, new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["client_id"] = options.Value.ClientId,
                ["post_logout_redirect_uri"] = $"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}{SignOutCallback}",
                ["id_token_hint"] = idToken,
            }))
            : TypedResults.LocalRedirect("~/signed-out");
    }
}
