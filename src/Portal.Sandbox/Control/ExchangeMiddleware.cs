using System.Collections.ObjectModel;

namespace Portal.Sandbox.Control;

/// <summary>
/// Holds each answer back until it is complete, so that the ledger has the row before the caller has the answer,
/// and a fault can spoil the answer of a call that has taken effect.
/// </summary>
internal sealed partial class ExchangeMiddleware(
    RequestDelegate next,
    Faults faults,
    Ledger ledger,
    TimeProvider clock,
    IHostApplicationLifetime lifetime,
    ILogger<ExchangeMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var path = Control.Exchange.WirePath(context);
        var exchange = new Exchange(path, fault: null);
        if (!exchange.IsWatched)
        {
            await next(context);
            return;
        }

        exchange = new Exchange(path, faults.Take(context.Request.Method, path));
        context.Features.Set(exchange);
        await ReceiveAsync(context);

        var original = context.Response.Body;
        using var body = new MemoryStream();
        context.Response.Body = body;
        await HandleAsync(context, exchange);
        context.Response.Body = original;

        // A request that was received is carried out and recorded, whether or not its caller waits for the answer.
        await AnswerAsync(context, exchange, body.ToArray());
    }

    private static async Task ReceiveAsync(HttpContext context)
    {
        context.Request.EnableBuffering();
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        context.Request.Body.Position = 0;
        context.RequestAborted = CancellationToken.None;
    }

    private async Task HandleAsync(HttpContext context, Exchange exchange)
    {
        try
        {
            await next(context);
        }
#pragma warning disable CA1031 // Whatever went wrong in here is an answer of 500 out there, and a line in the log.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            NotCarriedOut(logger, exception, context.Request.Method, exchange.Path);
            context.Response.Body.SetLength(0);
            await ErrorBody.WriteAsync(context, StatusCodes.Status500InternalServerError);
        }
    }

    private async Task AnswerAsync(HttpContext context, Exchange exchange, byte[] body)
    {
        body = Spoil(context.Response, exchange, body);
        Record(context, exchange);
        if (exchange.Fault is { Kind: FaultKind.DelayAfterEffect, DelayMs: { } delay })
        {
            await Task.Delay(TimeSpan.FromMilliseconds(delay), TimeProvider.System, lifetime.ApplicationStopping);
        }

        switch (exchange.Delivery)
        {
            case Delivery.Dropped:
                context.Abort();
                break;
            case Delivery.Truncated:
                // Kestrel sends what there is and, finding less than was announced, closes the connection. An abort could take the half away too.
                var announced = Math.Max(body.Length, 2);
                await SendAsync(context, Half(context.Response, body), announced);
                break;
            default:
                await SendAsync(context, body, body.Length);
                break;
        }
    }

    private static byte[] Spoil(HttpResponse response, Exchange exchange, byte[] body)
    {
        if (exchange.Fault is not { } fault)
        {
            return body;
        }

        switch (fault.Kind)
        {
            case FaultKind.StatusAfterEffect:
                response.StatusCode = fault.Status ?? StatusCodes.Status500InternalServerError;
                response.ContentType = ErrorBody.Json;
                body = ErrorBody.Of(fault, exchange, response.StatusCode);
                break;
            case FaultKind.Malformed:
                body = Half(response, body);
                break;
            case FaultKind.Empty:
                body = [];
                break;
            case FaultKind.DropAfter:
                exchange.Delivery = Delivery.Dropped;
                break;
            case FaultKind.Truncate:
                exchange.Delivery = Delivery.Truncated;
                break;
            default:
                break;
        }

        foreach (var (name, value) in fault.Headers ?? ReadOnlyDictionary<string, string>.Empty)
        {
            response.Headers[name] = value;
        }

        return body;
    }

    private void Record(HttpContext context, Exchange exchange) => ledger.Add(new LedgerEntry(
        0,
        clock.GetUtcNow(),
        context.Request.Method,
        exchange.Path,
        context.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName,
        exchange.Token,
        exchange.Delivery == Delivery.Dropped ? null : context.Response.StatusCode,
        exchange.Delivery,
        exchange.Effect,
        exchange.Pool,
        exchange.RequestId,
        exchange.Fault?.Kind));

    /// <summary>The first half of a body: never valid JSON. An answer that has none, as a 204, becomes a 200 that begins one.</summary>
    private static byte[] Half(HttpResponse response, byte[] body)
    {
        if (body.Length > 0)
        {
            return body[..(body.Length / 2)];
        }

        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = ErrorBody.Json;
        return "{"u8.ToArray();
    }

    private static async Task SendAsync(HttpContext context, byte[] body, int announced)
    {
        if (context.Response.StatusCode is not StatusCodes.Status204NoContent)
        {
            context.Response.ContentLength = announced;
        }

        await context.Response.StartAsync();
        if (body.Length > 0 && !HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(body);
            await context.Response.Body.FlushAsync();
        }
    }

    [LoggerMessage(1, LogLevel.Error, "{Method} {Path} could not be carried out.")]
    private static partial void NotCarriedOut(ILogger logger, Exception exception, string method, string path);
}
