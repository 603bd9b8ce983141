using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Portal.Sandbox.Control;

namespace Portal.Sandbox.DigitalOcean;

/// <summary>What every answer under <c>/v2</c> carries, also one that a fault gives.</summary>
internal sealed class ApiHeadersMiddleware(RequestDelegate next, RateLimit limit, RevokedTokens revoked)
{
    public Task InvokeAsync(HttpContext context)
    {
        var exchange = context.Exchange();
        var token = ApiToken.Find(context.Request.Headers.Authorization) is { } known && !revoked.Has(known) ? known : null;
        var reading = limit.Take(token?.Name ?? "unknown");
        context.Features.Set(token);
        context.Features.Set(reading);
        exchange.Token = token?.Name;
        exchange.RequestId = Guid.NewGuid().ToString();

        var headers = context.Response.Headers;
        headers["ratelimit-limit"] = limit.PerHour.ToString(CultureInfo.InvariantCulture);
        headers["ratelimit-remaining"] = reading.Remaining.ToString(CultureInfo.InvariantCulture);
        headers["ratelimit-reset"] = reading.Reset.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        headers["x-request-id"] = exchange.RequestId;
        headers["x-gateway"] = "Edge-Gateway";
        headers["x-response-from"] = "service";
        return next(context);
    }
}

/// <summary>The scopes that an operation asks for.</summary>
internal sealed record RequiredScopes(IReadOnlyList<string> Scopes);

/// <summary>Who is asking, whether too often, and whether they may.</summary>
internal sealed class ApiGateMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<ApiToken>() is not { } token)
        {
            return ErrorBody.WriteAsync(context, StatusCodes.Status401Unauthorized);
        }

        var reading = context.Features.GetRequiredFeature<RateReading>();
        if (!reading.IsAllowed)
        {
            if (reading.RetryAfter is { } seconds)
            {
                context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            }

            return ErrorBody.WriteAsync(context, StatusCodes.Status429TooManyRequests);
        }

        var required = context.GetEndpoint()?.Metadata.GetMetadata<RequiredScopes>()?.Scopes ?? [];
        return required.All(token.Scopes.Contains)
            ? next(context)
            : ErrorBody.WriteAsync(context, StatusCodes.Status403Forbidden);
    }
}

internal static class ApiContextExtensions
{
    public static ApiToken Token(this HttpContext context) => context.Features.GetRequiredFeature<ApiToken>();

    public static TBuilder Requires<TBuilder>(this TBuilder builder, params string[] scopes)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new RequiredScopes(scopes));
}
