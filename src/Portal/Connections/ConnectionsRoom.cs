using Portal.Connections.Diagnosis;
using Portal.Connections.Probing;
using Portal.Operations;
using Portal.Operations.Telemetry;

namespace Portal.Connections;

internal static class ConnectionsRoom
{
    public static IServiceCollection AddPoolConnections(this IServiceCollection services)
    {
        services.AddSingleton<CertificateShelf>();
        services.AddSingleton<ConnectionChoices>();
        services.AddStrictOptions<ConnectionsOptions>(ConnectionsOptions.Section);
        services.AddSingleton<ConnectionCount>();
        services.AddSingleton<ConnectionDesk>();
        services.AddSingleton<ConnectionHistory>();
        services.AddSingleton<ConnectionProof>();
        services.AddSingleton<ConnectionRecord>();
        services.AddSingleton<ConnectionRights>();
        services.AddSingleton<ConnectionsMeter>();
        services.AddSingleton<IRoomFigures>(provider => provider.GetRequiredService<ConnectionsMeter>());
        services.AddSingleton<Diagnoser>();
        services.AddSingleton<DirectShelf>();
        services.AddSingleton<KnownNames>();
        services.AddSingleton<LastTests>();
        services.AddSingleton<PoolInUse>();
        services.AddSingleton<PoolProbe>();
        services.AddSingleton<PoolTargets>();
        services.AddSingleton<PoolTests>();
        services.AddSingleton<SurroundingsReader>();
        services.AddSingleton<UseLook>();
        return services;
    }

    /// <summary>After authentication, authorization and antiforgery.</summary>
    public static void MapPoolConnections(this IEndpointRouteBuilder endpoints) => ConnectionEndpoints.Map(endpoints);
}
