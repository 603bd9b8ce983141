using Microsoft.Extensions.Options;
using Portal.DigitalOcean;
using Portal.Operations;
using Portal.Operations.Telemetry;

namespace Portal.Inventory;

internal static class InventoryRoom
{
    public static IServiceCollection AddInventory(this IServiceCollection services)
    {
        services.AddStrictOptions<DigitalOceanOptions>(DigitalOceanOptions.Section);
        services.AddStrictOptions<InventoryOptions>(InventoryOptions.Section);
        services.AddApi();

        services.AddSingleton<InventoryTables>();
        services.AddSingleton<InventoryBoard>();
        services.AddSingleton<BoardKeeper>();
        services.AddSingleton<InventoryQueries>();
        services.AddSingleton<InventoryReader>();
        services.AddSingleton<InventoryFeed>();
        services.AddSingleton<RefreshDesk>();
        services.AddSingleton<IRoomFigures, InventoryMeter>();
        services.AddHealthChecks().AddCheck<ReadingHealth>("DigitalOcean").AddCheck<TokenScopes>("API tokens");
        services.AddSingleton<TokenScopes>();
        services.AddHostedService(provider => provider.GetRequiredService<TokenScopes>());
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<RefreshWork>(
            provider,
            ActivatorUtilities.CreateInstance<InventoryReader>(provider, provider.GetRequiredKeyedService<DigitalOceanClient>(CallFor.Background))));
        services.AddHostedService(provider => provider.GetRequiredService<BoardKeeper>());
        services.AddHostedService<InventoryRefresh>();
        return services;
    }

    /// <summary>One budget, and two clients that draw from it: that of the background waits where people's goes on.</summary>
    private static void AddApi(this IServiceCollection services)
    {
        services.AddSingleton<CallBudget>();
        services.AddSingleton(provider => new ApiBreaker(
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<IOptions<DigitalOceanOptions>>().Value.BreakFor));
        services.AddSingleton<CallWitness>();
        services.AddSingleton<ReadSummary>();
        services.AddHostedService(provider => provider.GetRequiredService<ReadSummary>());
        services.AddSingleton(provider => Client(provider, CallFor.People));
        services.AddKeyedSingleton(CallFor.Background, (provider, _) => Client(provider, CallFor.Background));
    }

    private static DigitalOceanClient Client(IServiceProvider provider, CallFor whom)
    {
        var budget = provider.GetRequiredService<CallBudget>();
        var clock = provider.GetRequiredService<TimeProvider>();
        var settings = provider.GetRequiredService<IOptions<DigitalOceanOptions>>().Value;
        var patience = new DigitalOceanClientOptions { BaseUrl = settings.BaseUrl, RetryAfter = settings.RetryAfter };
        return new DigitalOceanClient(
            // The background comes round again by itself: repeating at once would only spend the allowance.
            whom is CallFor.Background ? patience with { ReadRetries = 0 } : patience,
            provider.GetRequiredService<IApiTokenSource>(),
            clock,
            provider.GetRequiredService<CallWitness>(),
            network => new BudgetHandler(budget, whom, clock, network),
            provider.GetRequiredService<ApiBreaker>());
    }
}
