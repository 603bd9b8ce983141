namespace Portal.Connections.Formats;

/// <summary>The formats that there are, found by looking.</summary>
internal static class ConnectionFormats
{
    /// <summary>In the order in which they are offered.</summary>
    public static IReadOnlyList<IConnectionFormat> All { get; } =
    [
        .. typeof(ConnectionFormats).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false }
                && type.Namespace == typeof(ConnectionFormats).Namespace
                && type.IsAssignableTo(typeof(IConnectionFormat)))
            .Select(type => (IConnectionFormat)Activator.CreateInstance(type)!)
            .OrderBy(format => format.Order)
            .ThenBy(format => format.Id, StringComparer.Ordinal),
    ];

    public static IConnectionFormat? Find(string? id) => All.FirstOrDefault(format => format.Id == id);
}
