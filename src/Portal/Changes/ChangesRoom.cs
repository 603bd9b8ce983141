using Portal.Operations;

namespace Portal.Changes;

internal static class ChangesRoom
{
    public static IServiceCollection AddChanges(this IServiceCollection services)
    {
        services.AddStrictOptions<ChangesOptions>(ChangesOptions.Section);
        services.AddSingleton<ChangeFeed>();
        services.AddSingleton<ChangeJournal>();
        services.AddSingleton<ChangePolicy>();
        services.AddSingleton<ChangeQueries>();
        services.AddSingleton<ChangeRequests>();
        services.AddSingleton<ConnectionTest>();
        services.AddSingleton<CreateExecution>();
        services.AddSingleton<CreateRules>();
        services.AddHostedService<ChangeRunner>();
        return services;
    }
}
