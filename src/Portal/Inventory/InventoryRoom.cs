using Microsoft.Extensions.Options;
using Portal.DigitalOcean;
using Portal.Operations;

namespace Portal.Inventory;

internal static class InventoryRoom
{
    public static IServiceCollection AddInventory(this IServiceCollection services)
    {
        services.AddStrictOptions<DigitalOceanOptions>(DigitalOceanOptions.Section);
        services.AddStrictOptions<InventoryOptions>(InventoryOptions.Section);
        services.AddSingleton(provider => new DigitalOceanClient(
            new DigitalOceanClientOptions { BaseUrl = provider.GetRequiredService<IOptions<DigitalOceanOptions>>().Value.BaseUrl },
            provider.GetRequiredService<IApiTokenSource>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<InventoryQueries>();
        services.AddSingleton<InventoryReader>();
        services.AddSingleton<InventoryFeed>();
        services.AddHostedService<InventoryRefresh>();
        return services;
    }
}
