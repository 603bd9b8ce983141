using Portal.Operations;

namespace Portal.Changes.Notices;

/// <summary>The inner room for what is told to the outside.</summary>
internal static class NoticesRoom
{
    public static void AddNotices(this IServiceCollection services)
    {
        services.AddStrictOptions<NoticesOptions, NoticesOptionsValidator>(NoticesOptions.Section);
        services.AddSingleton<NoticeVault>();
        services.AddSingleton<NoticeWriter>();
        services.AddSingleton<NoticeOutbox>();
        services.AddSingleton<NoticeDelivery>();
        services.AddSingleton<NoticeDesk>();
        services.AddHostedService<NoticeSender>();
        services.AddHealthChecks().AddCheck<NoticesHealth>("notices");
        services.AddHttpClient(NoticeDelivery.Client)
            // The factory's own log lines quote the address, which may be a secret.
            .RemoveAllLoggers()
            .ConfigureHttpClient(http => http.Timeout = Timeout.InfiniteTimeSpan) // Its caller has a deadline.
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                ConnectTimeout = TimeSpan.FromSeconds(5),
                PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
    }
}
