using System.Text.RegularExpressions;

namespace Portal.Connections.Formats;

/// <summary>A Secret of Kubernetes with everything in it, the CA certificate, too.</summary>
/// <remarks>The password stands in it twice: as it is, and escaped in the address. Programs want the one or the other.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/configuration/secret/"/>
internal sealed partial class KubernetesFormat : IConnectionFormat
{
    public string Id => "kubernetes";

    public string Name => "Kubernetes Secret";

    public int Order => 130;

    public string? FileName => "secret.yaml";

    public bool CarriesCertificate => true;

    public string Caption(ConnectionDetails details) => "secret.yaml";

    public string Write(ConnectionDetails details) => string.Join('\n', [
        "apiVersion: v1",
        "kind: Secret",
        "metadata:",
        $"  name: {NameOf(details)}",
        "type: Opaque",
        "stringData:",
        $"  host: {Escape.DoubleQuoted(details.Endpoint.Host)}",
        $"  port: \"{CommonSettings.Number(details.Endpoint.Port)}\"",
        $"  database: {Escape.DoubleQuoted(details.Target)}",
        $"  username: {Escape.DoubleQuoted(details.User)}",
        $"  password: {details.Password.In(Escape.DoubleQuoted)}",
        $"  uri: \"{Address.Write(details, "postgresql", Address.Tls(details, CaPath(details)))}\"",
        .. Certificate(details),
    ]);

    public IReadOnlyList<FormatSetting> Settings(ConnectionDetails details) =>
    [
        new("stringData:", "Kubernetes encodes it itself. It is not encrypted: keep the file out of the repository, and apply it with kubectl apply -f."),
        CommonSettings.Port(details, "port: \""),
        CommonSettings.Target(details, $"database: {Escape.DoubleQuoted(details.Target)}"),
        new("password:", "The password as it is. In uri it is written with % for what means something in an address."),
        .. details.Verify
            ? [
                new("sslmode=verify-full", "Encrypts, and refuses a server whose certificate was not signed by this cluster's CA or is for another host."),
                new($"sslrootcert={CaPath(details)}", $"Where the program finds the CA: mount this Secret as a volume at {CaFolder(details)}."),
            ]
            : CommonSettings.Tls(details, "sslmode=require", ""),
        new("ca.crt", "The cluster's CA certificate, under the name that Kubernetes uses for one. It is not secret."),
    ];

    private static string CaFolder(ConnectionDetails details) => $"/etc/{NameOf(details)}";

    private static string CaPath(ConnectionDetails details) => $"{CaFolder(details)}/ca.crt";

    // A name of Kubernetes has small letters, digits and hyphens; a pool's may have more.
    private static string NameOf(ConnectionDetails details) =>
        $"{NotOfDns().Replace(details.Pool, "-").ToLowerInvariant().Trim('-')}-{(details.IsDirect ? "direct" : "db")}";

    private static IEnumerable<string> Certificate(ConnectionDetails details) => details.Certificate is { } pem
        ? ["  ca.crt: |", .. pem.ReplaceLineEndings("\n").Trim().Split('\n').Select(line => $"    {line}")]
        : ["  # ca.crt is missing: DigitalOcean did not give the certificate just now. Load the page again."];

    [GeneratedRegex("[^A-Za-z0-9-]", RegexOptions.None, 1000)]
    private static partial Regex NotOfDns();
}
