using Portal.Operations;
using Portal.Operations.Telemetry;

namespace Portal.Audit;

internal static class AuditRoom
{
    /// <remarks>After the storage, whose tables are there when this begins. The signing key comes from above.</remarks>
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddStrictOptions<AuditOptions, AuditOptionsValidator>(AuditOptions.Section);
        services.AddSingleton<AuditLog>();
        services.AddSingleton<IRoomFigures, AuditMeter>();
        services.AddSingleton<HeadsKnown>();
        services.AddSingleton<HeadsOutside>();
        services.AddSingleton<RecordExport>();
        services.AddSingleton<RecordRemovals>();
        services.AddSingleton<RecordTable>();
        services.AddSingleton<RecordWatch>();
        services.AddHostedService<HeadsAtStart>();
        services.AddHostedService(provider => provider.GetRequiredService<HeadsOutside>());
        services.AddHostedService<Started>();
        services.AddHostedService(provider => provider.GetRequiredService<RecordWatch>());
        services.AddHealthChecks().AddCheck<AuditHealth>("audit", tags: [OperationsRoom.Ready]);
        return services;
    }
}
