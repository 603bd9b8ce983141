using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;

namespace Portal.Benchmarks.Stage;

/// <summary>nginx with the files of deploy/nginx, but for ports, portals and a certificate of its own; and each answer says which portal gave it.</summary>
internal static partial class ReverseProxy
{
    /// <summary>The header with the address of the portal that answered.</summary>
    public const string Portal = "X-Bench-Portal";

    public static async Task<Service> StartAsync(string name, DirectoryInfo folder, Uri address, IEnumerable<Uri> portals, CancellationToken cancellationToken)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        var place = folder.CreateSubdirectory("nginx");
        place.CreateSubdirectory("tls");
        await WriteAsync("tls/pool-portal.crt", certificate.ExportCertificatePem());
        await WriteAsync("tls/pool-portal.key", key.ExportPkcs8PrivateKeyPem());
        await WriteAsync("pool-portal-proxy.conf", $"{Read("pool-portal-proxy.conf")}\nadd_header {Portal} $upstream_addr always;\n");
        await WriteAsync("pool-portal-replicas.conf", Servers().Replace(Read("pool-portal-replicas.conf"), string.Concat(portals.Select(portal => $"server {portal.Authority} max_fails=0;\n"))));
        var plain = Programs.FreePort();
        await WriteAsync("pool-portal.conf", Read("pool-portal.conf")
            .Replace("listen 8080;", string.Create(CultureInfo.InvariantCulture, $"listen 127.0.0.1:{plain};"), StringComparison.Ordinal)
            .Replace("listen 8443 ssl;", string.Create(CultureInfo.InvariantCulture, $"listen 127.0.0.1:{address.Port} ssl;"), StringComparison.Ordinal));
        var temporary = string.Concat(new[] { "client_body", "proxy", "fastcgi", "uwsgi", "scgi" }.Select(kind => $"{kind}_temp_path {place.FullName}/{kind};\n"));
        await WriteAsync("nginx.conf", $"daemon off; master_process off; pid {place.FullName}/pid; error_log stderr;\nevents {{}}\nhttp {{ access_log off;\n{temporary}include pool-portal.conf; }}\n");

        var nginx = Service.Start(name, Programs.Find("nginx") ?? throw new InvalidOperationException("nginx is not installed."), address, ["-c", Path.Combine(place.FullName, "nginx.conf"), "-e", "stderr"]);
        await nginx.ListensAsync(plain, cancellationToken);
        return nginx;

        static string Read(string file) => File.ReadAllText(Path.Combine(Programs.Top, "deploy", "nginx", file));
        Task WriteAsync(string file, string text) => File.WriteAllTextAsync(Path.Combine(place.FullName, file), text, cancellationToken);
    }

    [GeneratedRegex(@"(?:server [^;]+;\s*)+", RegexOptions.None, 10_000)]
    private static partial Regex Servers();
}
