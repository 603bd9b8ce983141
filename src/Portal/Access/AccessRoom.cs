using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Portal.Operations;
using Portal.Operations.Telemetry;

namespace Portal.Access;

/// <summary>The door: who comes in, for how long, and as whom.</summary>
internal static class AccessRoom
{
    /// <remarks>After Blazor's own services, whose authentication state it replaces.</remarks>
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddStrictOptions<AccessOptions, AccessOptionsValidator>(AccessOptions.Section);
        services.AddStrictOptions<SignInOptions, SignInOptionsValidator>(SignInOptions.Section);
        services.AddSingleton<AccessMeter>();
        services.AddSingleton<IRoomFigures>(provider => provider.GetRequiredService<AccessMeter>());
        services.AddSingleton<Refusals>();
        services.AddTeams();
        services.AddDoor();
        services.AddSessions();
        services.AddSignIn();
        return services;
    }

    /// <summary>First of all: what comes through a proxy is what people see in their browsers. No header decides that; one says who is there, if a named proxy sends it.</summary>
    public static void UsePublicAddress(this IApplicationBuilder app)
    {
        app.UseForwardedHeaders();
        var options = app.ApplicationServices.GetRequiredService<IOptions<AccessOptions>>().Value;
        if (options.PublicAddress is not { } address)
        {
            return;
        }

        var host = new HostString(address.Authority);
        app.UseRouting();
        app.Use((context, next) =>
        {
            var request = context.Request;
            (request.Scheme, request.Host, request.PathBase) = (address.Scheme, host, options.PathBase);

            // Where the proxy has taken the path off already, as a probe never had it, the address is one of the portal's as it came:
            // with /pools before it, /pools/new is still the form. (What only refuses a method has no route.) In the letters of the
            // setting, because pages compare them too.
            if (context.GetEndpoint() is not RouteEndpoint && request.Path.StartsWithSegments(options.PathBase, StringComparison.Ordinal, out var rest))
            {
                context.SetEndpoint(null);
                request.Path = rest;
            }

            return next(context);
        });
        app.UseRouting();
    }

    /// <summary>Last of all, when every address is known.</summary>
    /// <exception cref="NotStartedException">The path of the public address is one of the portal's own: whether a proxy has taken it off could not be told.</exception>
    public static void CheckPublicAddress(this IEndpointRouteBuilder endpoints)
    {
        var path = endpoints.ServiceProvider.GetRequiredService<IOptions<AccessOptions>>().Value.PathBase;
        if (path.HasValue && endpoints.DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
                .Any(endpoint => path.Equals("/" + endpoint.RoutePattern.RawText?.Trim('/'), StringComparison.OrdinalIgnoreCase)))
        {
            throw new NotStartedException($"Access:PublicUrl must not have the path {path}, because the portal has a page there itself. Choose another one.");
        }
    }

    /// <summary>Authentication, authorization, antiforgery: after routing and headers, before any endpoint.</summary>
    public static void UseAccess(this IApplicationBuilder app) => app.UseAuthentication().UseAuthorization().UseAntiforgery();

    /// <summary><c>/sign-in</c>, <c>/sign-out</c>, <c>/signout-callback-oidc</c>, and the two by which the provider signs out.</summary>
    public static void MapAccess(this IEndpointRouteBuilder endpoints) => DoorEndpoints.Map(endpoints);

    private static void AddTeams(this IServiceCollection services)
    {
        // The section is a list, which no object binds to.
        services.AddOptions<TeamsOptions>()
            .Configure<IConfiguration>((options, configuration) => options.Teams = TeamsOptionsValidator.Bind(configuration))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<TeamsOptions>, TeamsOptionsValidator>();
        services.AddSingleton<Teams>();
        services.AddSingleton<People>();
    }

    private static void AddDoor(this IServiceCollection services)
    {
        services.AddOptions<ForwardedHeadersOptions>().PostConfigure<IOptions<AccessOptions>>((forwarded, access) => Hear(forwarded, access.Value.Proxies));
        services.AddSingleton<Transport>();
        services.AddHostedService<CheckListening>();
        services.AddSingleton<DoorCookies>();
        services.AddSingleton<IConfigureOptions<CookieAuthenticationOptions>>(provider => provider.GetRequiredService<DoorCookies>());
        services.AddSingleton<IConfigureOptions<PortalSignInOptions>>(provider => provider.GetRequiredService<DoorCookies>());
        services.AddAntiforgery();
        services.AddSingleton<IConfigureOptions<AntiforgeryOptions>>(provider => provider.GetRequiredService<DoorCookies>());
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    /// <remarks>After everything else that sets these: the framework would hear all headers of everybody for one variable of the environment.</remarks>
    private static void Hear(ForwardedHeadersOptions forwarded, IReadOnlyList<string> proxies)
    {
        forwarded.ForwardedHeaders = proxies.Count == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor;
        forwarded.ForwardLimit = proxies.Count == 0 ? null : proxies.Count;
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            forwarded.KnownIPNetworks.Add(AccessOptions.TryReadProxy(proxy, out var network) ? network : throw new InvalidOperationException($"'{proxy}' is no proxy."));
        }
    }

    private static void AddSessions(this IServiceCollection services)
    {
        services.AddSingleton<Sessions>();
        services.AddSingleton<SessionFeed>();
        services.AddSingleton<SessionDesk>();
        services.AddSingleton<OwnSessions>();
        services.AddSingleton<AdminDoor>();
        services.AddSingleton<SessionStore>();
        services.AddSingleton<SessionActivity>();
        services.AddHostedService<SessionSweep>();
        services.Configure<HubOptions>(options => options.AddFilter<SessionActivity>());
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, SessionWatch>();
    }

    private static void AddSignIn(this IServiceCollection services)
    {
        services.AddSingleton<ProviderMetadata>();
        services.AddSingleton<SignOutOrigin>();
        services.AddSingleton<ClientSecret>();
        services.AddSingleton<ClientKey>();
        services.AddSingleton<ClientProofs>();
        services.AddSingleton<CodeExchange>();
        services.AddSingleton<SignedTokens>();
        services.AddSingleton<IdTokenReader>();
        services.AddSingleton<LogoutTokenReader>();
        services.AddSingleton<ProviderSignOut>();
        services.AddSingleton<SignInRefusals>();
        services.AddSingleton<StepUp>();
        services.AddHealthChecks().AddCheck<SignInHealth>("sign-in");
        services.AddHttpClient(ProviderMetadata.Client)
            .ConfigureHttpClient(http =>
            {
                http.Timeout = TimeSpan.FromSeconds(10);
                http.MaxResponseContentBufferSize = 1024 * 1024;
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                ConnectTimeout = TimeSpan.FromSeconds(5),
                PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        services.AddOptions<PortalSignInOptions>(PortalSignInHandler.SchemeName).Configure<IOptions<SignInOptions>>(Configure);
        services.AddAuthentication(SessionPrincipal.Scheme)
            .AddCookie(SessionPrincipal.Scheme)
            .AddOAuth<PortalSignInOptions, PortalSignInHandler>(PortalSignInHandler.SchemeName, _ => { });

        // Its lines quote addresses, and the address of the way back carries the code.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning));
    }

    private static void Configure(PortalSignInOptions options, IOptions<SignInOptions> settings)
    {
        options.SignInScheme = SessionPrincipal.Scheme;
        options.CallbackPath = "/signin-oidc";
        options.ClientId = settings.Value.ClientId;
        options.UsePkce = true;
        options.SaveTokens = false;
        options.RemoteAuthenticationTimeout = TimeSpan.FromMinutes(5);
        options.Scope.Add("openid");
        options.Scope.Add("profile");

        // Only the query of the address that is built on this is used; the address itself comes from the provider's metadata.
        options.AuthorizationEndpoint = settings.Value.Authority;
        options.Events.OnRemoteFailure = context => context.HttpContext.RequestServices.GetRequiredService<SignInRefusals>().AnswerAsync(context);
        options.Events.OnTicketReceived = context =>
        {
            context.ReturnUri = context.Request.PathBase + ReturnAddress.OrHome(context.ReturnUri);
            context.HttpContext.Items[SessionStore.NewSignIn] = true;
            return Task.CompletedTask;
        };
    }
}
