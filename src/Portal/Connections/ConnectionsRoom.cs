using Portal.Connections.Diagnosis;

namespace Portal.Connections;

internal static class ConnectionsRoom
{
    public static IServiceCollection AddPoolConnections(this IServiceCollection services)
    {
        services.AddSingleton<CertificateShelf>();
        services.AddSingleton<ConnectionChoices>();
        services.AddSingleton<ConnectionDesk>();
        services.AddSingleton<ConnectionHistory>();
        services.AddSingleton<ConnectionRecord>();
        services.AddSingleton<ConnectionRights>();
        services.AddSingleton<DirectShelf>();
        services.AddSingleton<PoolProbe>();
        services.AddSingleton<SurroundingsReader>();
        services.AddSingleton<Diagnoser>();
        return services;
    }

    /// <summary>After authentication, authorization and antiforgery.</summary>
    public static void MapPoolConnections(this IEndpointRouteBuilder endpoints) => ConnectionEndpoints.Map(endpoints);
}
