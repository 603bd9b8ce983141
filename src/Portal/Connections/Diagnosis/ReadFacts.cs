using System.Globalization;

namespace Portal.Connections.Diagnosis;

/// <summary>What was read of a connection, for a person to compare; of the password only whether there was one.</summary>
internal static class ReadFacts
{
    // The values of others may hold anything, and are not shown.
    private static readonly Dictionary<string, string> Harmless = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["sslmode"] = "TLS (sslmode)",
        ["sslrootcert"] = "CA file",
        ["rootcertificate"] = "CA file",
        ["pgbouncer"] = "pgbouncer",
        ["preparethreshold"] = "prepareThreshold",
        ["maxautoprepare"] = "Max Auto Prepare",
        ["noresetonclose"] = "No Reset On Close",
        ["trustservercertificate"] = "Trust Server Certificate",
        ["servercompatibilitymode"] = "Server Compatibility Mode",
        ["maximumpoolsize"] = "Maximum Pool Size",
        ["channelbinding"] = "channel_binding",
        ["searchpath"] = "search_path",
        ["currentschema"] = "currentSchema",
    };

    public static IEnumerable<(string Label, string Value)> Of(PastedConnection connection, KnownPool? pool)
    {
        yield return ("Written as", connection.Form);
        if (connection.Host is { } host)
        {
            yield return ("Host", host);
        }

        yield return ("Port", PortWords(connection.Port));
        if (connection.IsWhole)
        {
            yield return ("Database", DatabaseWords(connection.Database, pool));
            yield return ("User", connection.User ?? "none");
            yield return ("Password", (connection.HasPassword, connection.IsPasswordUnescaped) switch
            {
                (true, true) => "given, not escaped; cut out",
                (true, false) => "given; cut out",
                _ => "none",
            });
        }

        foreach (var (name, label) in Harmless)
        {
            if (connection[name] is { } value)
            {
                yield return (label, value.Length <= 63 ? value : "(long)");
            }
        }

        // Of what may be a piece of a password not even the name.
        var others = connection.Settings.Keys.Where(name => !Harmless.ContainsKey(name) && name.Length <= 40).ToList();
        if (others.Count > 0)
        {
            yield return ("Other settings", connection.IsPasswordUnescaped ? others.Count.ToString(CultureInfo.InvariantCulture) : string.Join(", ", others));
        }
    }

    private static string PortWords(int? port) => port switch
    {
        null => "none",
        PastedConnection.PoolPort => "25061, the pool's",
        PastedConnection.DirectPort => "25060, of the direct connection",
        { } other => other.ToString(CultureInfo.InvariantCulture),
    };

    private static string DatabaseWords(string? name, KnownPool? pool) => name switch
    {
        null => "none",
        _ when pool?.Name == name => $"{name}, a pool of {pool.ClusterName}",
        _ => name,
    };
}
