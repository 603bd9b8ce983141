namespace Portal.IntegrationTests.Connections;

/// <summary>Reads the address of a client that is not run here, and writes it for libpq.</summary>
internal static class Addresses
{
    /// <param name="text">With the address in its first line of <c>.env</c>.</param>
    /// <param name="unknownToLibpq">What the client takes out of the address itself; anything else that libpq does not know makes psql fail.</param>
    public static string Of(string text, string[] unknownToLibpq) =>
        Write(text, parameters => parameters.Where(parameter => !unknownToLibpq.Contains(parameter.Key, StringComparer.Ordinal)));

    /// <summary>Prisma's engine has words of its own for TLS, and looks for files from the folder <c>prisma</c>.</summary>
    public static string OfPrisma(string text) => Write(text, parameters =>
    {
        var given = parameters.ToDictionary(StringComparer.Ordinal);
        given.Keys.ShouldBeSubsetOf(["sslmode", "sslaccept", "sslcert", "pgbouncer", "connection_limit"]);
        given["sslmode"].ShouldBe("require");
        return given.GetValueOrDefault("sslaccept") == "strict"
            ? [KeyValuePair.Create("sslmode", "verify-full"), KeyValuePair.Create("sslrootcert", given["sslcert"].Replace("../", "", StringComparison.Ordinal))]
            : [KeyValuePair.Create("sslmode", "require")];
    });

    private static string Write(string text, Func<IEnumerable<KeyValuePair<string, string>>, IEnumerable<KeyValuePair<string, string>>> change)
    {
        var line = text.Split('\n').First(one => one.StartsWith("DATABASE_URL", StringComparison.Ordinal));
        var address = line[(line.IndexOf('\'', StringComparison.Ordinal) + 1)..^1].Split('?', 2);
        var parameters = address[1].Split('&').Select(parameter => parameter.Split('=', 2)).Select(parts => KeyValuePair.Create(parts[0], parts[1]));
        return $"{address[0]}?{string.Join('&', change(parameters).Select(parameter => $"{parameter.Key}={parameter.Value}"))}";
    }
}
