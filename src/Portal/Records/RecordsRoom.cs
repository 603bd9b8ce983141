namespace Portal.Records;

internal static class RecordsRoom
{
    public static IServiceCollection AddRecords(this IServiceCollection services) => services
        .AddSingleton<RecordDesk>()
        .AddSingleton<RecordEndpoints.Services>();

    /// <summary><c>/audit/export.csv</c>, <c>/audit/export.jsonl</c>, <c>/audit/key.pem</c>. The page maps itself.</summary>
    public static void MapRecords(this IEndpointRouteBuilder endpoints) => RecordEndpoints.Map(endpoints);
}
