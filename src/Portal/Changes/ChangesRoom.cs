using Portal.Operations;

namespace Portal.Changes;

internal static class ChangesRoom
{
    public static IServiceCollection AddChanges(this IServiceCollection services)
    {
        services.AddStrictOptions<ChangesOptions>(ChangesOptions.Section);
        services.AddSingleton<ChangeDecisions>();
        services.AddSingleton<ChangeFeed>();
        services.AddSingleton<ChangeJournal>();
        services.AddSingleton<ChangeOutcomes>();
        services.AddSingleton<ChangePolicy>();
        services.AddSingleton<ChangeQueries>();
        services.AddSingleton<ChangeRequests>();
        services.AddSingleton<ChangeTurns>();
        services.AddSingleton<ConnectionTest>();
        services.AddSingleton<CreateRules>();
        services.AddSingleton<EndDates>();
        services.AddSingleton<ExistingRules>();
        services.AddSingleton<LateArrivals>();
        foreach (var execution in typeof(IChangeExecution).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IChangeExecution))))
        {
            services.AddSingleton(typeof(IChangeExecution), execution);
        }

        services.AddHostedService<ChangeRunner>();
        return services;
    }
}
