using System.Globalization;

namespace Portal.Sandbox.Control;

/// <summary>The faults that strike before anything has happened.</summary>
internal sealed class FaultMiddleware(RequestDelegate next, IHostApplicationLifetime lifetime)
{
    private const string GatewayPage = """
        <!DOCTYPE html>
        <html><head><title>Bad gateway</title></head>
        <body><h1>Bad gateway</h1><p>The web server reported a gateway error.</p></body></html>

        """;

    public async Task InvokeAsync(HttpContext context)
    {
        var exchange = context.Features.Get<Exchange>();
        if (exchange?.Fault is not { } fault)
        {
            await next(context);
            return;
        }

        var response = context.Response;
        switch (fault.Kind)
        {
            case FaultKind.Status:
                await ErrorBody.WriteAsync(context, fault.Status ?? StatusCodes.Status500InternalServerError, fault);
                break;
            case FaultKind.Html:
                // A gateway's page does not come from the service: none of its headers, no request id.
                response.Headers.Clear();
                exchange.RequestId = null;
                response.StatusCode = fault.Status ?? StatusCodes.Status502BadGateway;
                response.ContentType = "text/html; charset=utf-8";
                await response.WriteAsync(GatewayPage);
                break;
            case FaultKind.Throttle:
                response.Headers["ratelimit-remaining"] = "0";
                if (fault.DelayMs is { } milliseconds)
                {
                    response.Headers.RetryAfter = Math.Ceiling(milliseconds / 1000d).ToString(CultureInfo.InvariantCulture);
                }

                await ErrorBody.WriteAsync(context, StatusCodes.Status429TooManyRequests, fault);
                break;
            case FaultKind.DropBefore:
                exchange.Delivery = Delivery.Dropped;
                break;
            case FaultKind.Delay:
                await Task.Delay(TimeSpan.FromMilliseconds(fault.DelayMs ?? 0), TimeProvider.System, lifetime.ApplicationStopping);
                await next(context);
                break;
            default:
                await next(context);
                break;
        }
    }
}
