using System.Net.Mime;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using Portal.Operations;
using Portal.Operations.Telemetry;
using BadRequest = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace Portal.Shell;

internal static class ShellRoom
{
    private const int MaxBodyBytes = 64 * 1024;
    private const int MaxMessageBytes = 32 * 1024;

    public static IServiceCollection AddShell(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents(Limit).AddHubOptions(Limit);

        // Pages alone. What is secret in a page (antiforgery token, nonce, state of its components) is another text each time, so that its
        // length tells nothing of it. A connection is no page, and goes as it is.
        services.AddResponseCompression(compression => (compression.EnableForHttps, compression.MimeTypes) = (true, [MediaTypeNames.Text.Html]));
        services.AddStrictOptions<ConnectionLimits>(ConnectionLimits.Section);
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<ConnectionLimits>>((kestrel, limits) => Limit(kestrel, limits.Value));

        services.AddSingleton<SandboxNotice>();
        services.AddHostedService(provider => provider.GetRequiredService<SandboxNotice>());
        services.AddSingleton<PolicyReports>();
        services.AddSingleton<OpenPages>();
        services.AddSingleton<IRoomFigures, ShellMeter>();
        return services;
    }

    /// <summary>Goes before everything else: what follows may fail, and its answer needs the headers too.</summary>
    public static WebApplication UseShell(this WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseResponseCompression();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/error",
            CreateScopeForErrors = true,
            StatusCodeSelector = exception => StrangersFault(exception) ?? StatusCodes.Status500InternalServerError,
            SuppressDiagnosticsCallback = thrown => StrangersFault(thrown.Exception) is not null,
        });
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.Use(OnlyMissingPagesAsync);
        app.UseMiddleware<SameOriginCircuits>();
        return app;
    }

    /// <summary>After <c>UseAccess</c>: counts by the person.</summary>
    public static void UseOpenPages(this WebApplication app)
    {
        var pages = app.Services.GetRequiredService<OpenPages>();
        app.Use(pages.CountAsync);
    }

    public static WebApplication MapShell(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        AssetsOfOtherVersions.Map(app);
        app.MapGet(OpenPages.Path, (OpenPages pages, ClaimsPrincipal user) => pages.HasRoom(user) ? Results.NoContent() : Results.StatusCode(StatusCodes.Status429TooManyRequests));
        app.MapPost(ContentSecurityPolicy.ReportPath, (PolicyReports reports, HttpRequest request, CancellationToken cancellationToken) => reports.TakeAsync(request, cancellationToken))
            .AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(server =>
        {
            // Compressed frames that hold what others can influence beside what they may not see can be guessed by their length. It is also
            // the largest part of a circuit's memory. Without compression Blazor sends no frame-ancestors; ours forbids all of them.
            server.DisableWebSocketCompression = true;
            server.ContentSecurityFrameAncestorsPolicy = null;
        });
        return app;
    }

    /// <summary>The status for a request that could not be read, too long or cut short: its sender's fault, and no error of the portal.</summary>
    private static int? StrangersFault(Exception exception) => (exception as BadRequest ?? exception.InnerException as BadRequest)?.StatusCode;

    // A page that is not there gets one that says so. Every other empty answer stays what it is: it is for a program.
    private static async Task OnlyMissingPagesAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        var isMissingPage = context.Response.StatusCode == StatusCodes.Status404NotFound
            && HttpMethods.IsGet(context.Request.Method)
            && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
        if (!isMissingPage && context.Features.Get<IStatusCodePagesFeature>() is { } pages)
        {
            pages.Enabled = false;
        }
    }

    private static void Limit(CircuitOptions circuits)
    {
        circuits.DetailedErrors = false;
        circuits.DisconnectedCircuitMaxRetained = 100;
        circuits.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(3);
        circuits.MaxBufferedUnacknowledgedRenderBatches = 10;
        circuits.JSInteropDefaultCallTimeout = TimeSpan.FromSeconds(10);
    }

    private static void Limit(HubOptions hub)
    {
        hub.EnableDetailedErrors = false;
        hub.MaximumReceiveMessageSize = MaxMessageBytes;
        hub.MaximumParallelInvocationsPerClient = 1;
        hub.KeepAliveInterval = TimeSpan.FromSeconds(15);
        hub.ClientTimeoutInterval = TimeSpan.FromSeconds(30);
        hub.HandshakeTimeout = TimeSpan.FromSeconds(15);
    }

    private static void Limit(KestrelServerOptions kestrel, ConnectionLimits limits)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
        kestrel.Limits.MaxConcurrentConnections = limits.MaxConnections;
        kestrel.Limits.MaxConcurrentUpgradedConnections = limits.MaxCircuits;
    }
}
