namespace Portal.Audit;

/// <summary>What a caller wants recorded. The log adds number, time and hashes.</summary>
internal sealed record AuditEntry(string Action)
{
    public AuditActor Actor { get; init; } = AuditActor.Portal;

    public long? ChangeId { get; init; }

    public Guid? ClusterId { get; init; }

    public string? Pool { get; init; }

    /// <summary>Facts beyond the columns. A null value is left out. Never a secret.</summary>
    public IReadOnlyDictionary<string, string?> Details { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);
}

/// <summary>Who acted: a person, or the portal by itself.</summary>
internal sealed record AuditActor(string? Id, string? Name)
{
    public static readonly AuditActor Portal = new(null, null);

    /// <summary>Whoever runs a command beside the portal. The name is the machine's word for them.</summary>
    public static AuditActor CommandLine() => new($"command|{Environment.UserName}", Environment.UserName);
}
