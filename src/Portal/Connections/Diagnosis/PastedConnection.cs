namespace Portal.Connections.Diagnosis;

/// <summary>A connection as it was read out of a text. The password is not in it, only that there was one.</summary>
/// <param name="Form">What it is written as: "URI", "JDBC", …</param>
internal sealed record PastedConnection(string Form)
{
    public const int PoolPort = 25061;
    public const int DirectPort = 25060;

    /// <summary>Before the colon: <c>postgres</c>, <c>postgresql+asyncpg</c>; null where the form has none.</summary>
    public string? Scheme { get; init; }

    public string? Host { get; init; }

    public int? Port { get; init; }

    public string? Database { get; init; }

    public string? User { get; init; }

    public bool HasPassword { get; init; }

    public bool IsPasswordUnescaped { get; init; }

    /// <summary>Everything else, by names in lower case and without spaces, hyphens and underscores: <c>sslmode</c>, <c>maxautoprepare</c>.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The text names where to connect to, so that what it leaves out is left out; an error message only mentions some.</summary>
    public bool IsWhole { get; init; } = true;

    public bool IsNpgsql => Form == ConnectionReader.Npgsql;

    public bool IsJdbc => Form == ConnectionReader.Jdbc;

    public string? this[string setting] => Settings.GetValueOrDefault(setting);
}
