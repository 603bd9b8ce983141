namespace Portal.Connections.Formats;

/// <summary>The formats that there are, found by looking.</summary>
internal static class ConnectionFormats
{
    private const int FirstOfOthers = 100;

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

    /// <summary>Those that most people want, one click away.</summary>
    public static IReadOnlyList<IConnectionFormat> First { get; } = [.. All.Where(format => format.Order < FirstOfOthers)];

    public static IReadOnlyList<IConnectionFormat> Others { get; } = [.. All.Where(format => format.Order >= FirstOfOthers)];

    public static IConnectionFormat? Find(string? id) => All.FirstOrDefault(format => format.Id == id);
}
