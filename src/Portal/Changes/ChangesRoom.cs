using Portal.Changes.Notices;
using Portal.Operations;
using Portal.Operations.Telemetry;

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
        services.AddSingleton<ChangeReviews>();
        services.AddSingleton<ChangesMeter>();
        services.AddSingleton<IRoomFigures>(provider => provider.GetRequiredService<ChangesMeter>());
        services.AddSingleton<ChangeTurns>();
        services.AddSingleton<ConnectionTest>();
        services.AddSingleton<CreateRules>();
        services.AddSingleton<EndDates>();
        services.AddSingleton<ExistingRules>();
        services.AddSingleton<FreezeDesk>();
        services.AddSingleton<Freezes>();
        services.AddSingleton<LateArrivals>();
        services.AddSingleton<Leases>();
        services.AddSingleton<LookOnly>();
        services.AddSingleton<ReviewDeadlines>();
        services.AddSingleton<ReviewRights>();
        services.AddSingleton<RulesNow>();
        foreach (var execution in typeof(IChangeExecution).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IChangeExecution))))
        {
            services.AddSingleton(typeof(IChangeExecution), execution);
        }

        services.AddNotices();
        services.AddHostedService<ChangeRunner>();
        services.AddHostedService<ReviewSweep>();
        return services;
    }
}
