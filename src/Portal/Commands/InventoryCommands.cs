using System.CommandLine;
using Portal.DigitalOcean;
using Portal.Inventory;

namespace Portal.Commands;

/// <summary><c>inventory refresh</c>.</summary>
internal static class InventoryCommands
{
    public static Command Create(CommandScene scene)
    {
        var refresh = new Command("refresh", "Reads all clusters, their pools and read replicas from DigitalOcean into the database, as far as the token's rate limit lets it.");
        refresh.SetAction(async (_, cancellationToken) =>
        {
            var services = await scene.OnDatabaseAsync(cancellationToken);
            var reader = ActivatorUtilities.CreateInstance<InventoryReader>(services, services.GetRequiredKeyedService<DigitalOceanClient>(CallFor.Background));
            var work = ActivatorUtilities.CreateInstance<WholeRefresh>(services, reader, scene.Output);
            return await work.RunAsync(cancellationToken);
        });
        return new("inventory", "The lists of clusters and pools.") { refresh };
    }
}
