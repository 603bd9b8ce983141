using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Portal.Sandbox.Clusters;

namespace Portal.Testing;

/// <summary>What an operator changes in the files of deploy/nginx.</summary>
internal sealed record NginxSettings
{
    /// <summary>Where the portal lies on the host, for example <c>/tools/pools</c>; empty for the whole host.</summary>
    public string Path { get; init; } = "";

    /// <summary>Whether the path is taken off what the portal is asked for.</summary>
    public bool TakesPathOff { get; init; }

    /// <summary>False where somebody forgot the two lines.</summary>
    public bool PassesWebSockets { get; init; } = true;
}

/// <summary>nginx with the files of deploy/nginx as they are, but for ports, replicas and a certificate of its own.</summary>
internal sealed partial class Nginx : IAsyncDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private readonly DirectoryInfo _folder;
    private readonly X509Certificate2 _certificate;
    private readonly Process _process;

    private Nginx(DirectoryInfo folder, X509Certificate2 certificate, Process process, int port, int plainPort, string path)
    {
        (_folder, _certificate, _process) = (folder, certificate, process);
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"https://localhost:{port}{path}/"));
        PlainAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{plainPort}"));
    }

    /// <summary>The portal's, in a browser.</summary>
    public Uri Address { get; }

    public Uri PlainAddress { get; }

    public static Task<Nginx> StartAsync(params Uri[] replicas) => StartAsync(new NginxSettings(), replicas);

    public static async Task<Nginx> StartAsync(NginxSettings settings, params Uri[] replicas)
    {
        var (port, plainPort) = (FreePorts.Next(), FreePorts.Next());
        var folder = Directory.CreateTempSubdirectory("portal-nginx-");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        folder.CreateSubdirectory("tls");
        await WriteAsync("tls/pool-portal.crt", certificate.ExportCertificatePem());
        await WriteAsync("tls/pool-portal.key", key.ExportPkcs8PrivateKeyPem());
        var toPortal = Read("pool-portal-proxy.conf");
        toPortal = settings.TakesPathOff ? Changed(toPortal, "proxy_pass http://pool_portal;", "proxy_pass http://pool_portal/;") : toPortal;
        await WriteAsync("pool-portal-proxy.conf", settings.PassesWebSockets ? toPortal : Upgrade().Replace(toPortal, ""));
        await WriteAsync("pool-portal-replicas.conf", Servers().Replace(Read("pool-portal-replicas.conf"), string.Concat(replicas.Select(replica => $"server {replica.Authority} max_fails=0;\n"))));
        var servers = Changed(Read("pool-portal.conf"), "listen 8080;", $"listen 127.0.0.1:{plainPort};");
        servers = Changed(servers, "listen 8443 ssl;", $"listen 127.0.0.1:{port} ssl;");
        await WriteAsync("pool-portal.conf", Changed(servers, "location / {", $"location {settings.Path}/ {{"));
        var temporary = string.Concat(new[] { "client_body", "proxy", "fastcgi", "uwsgi", "scgi" }.Select(kind => $"{kind}_temp_path {folder.FullName}/{kind};\n"));
        await WriteAsync("nginx.conf", $"daemon off; master_process off; pid {folder.FullName}/pid; error_log stderr;\nevents {{}}\nhttp {{ access_log off;\n{temporary}include pool-portal.conf; }}\n");

        // Outside of the PATH of people on Debian.
        var program = (Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/usr/local/sbin:/opt/homebrew/bin").Split(':')
            .Select(place => Path.Combine(place, "nginx")).First(File.Exists);
        var process = Process.Start(new ProcessStartInfo(program, ["-c", $"{folder.FullName}/nginx.conf", "-e", "stderr"]) { UseShellExecute = false, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var nginx = new Nginx(folder, certificate, process, port, plainPort, settings.Path);
        using var client = nginx.Browser(out _);
        await Eventually.BecomesTrueAsync(
            "nginx answers",
            async () =>
            {
                process.HasExited.ShouldBeFalse(process.HasExited ? await errors : "");
                try
                {
                    using var answer = await client.GetAsync(nginx.PlainAddress, TestContext.Current.CancellationToken);
                    return true;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            Soon);
        return nginx;

        static string Changed(string text, string from, string to)
        {
            text.ShouldContain(from);
            return text.Replace(from, to, StringComparison.Ordinal);
        }

        static string Read(string name) => File.ReadAllText(Path.Combine(Repository.Top, "deploy/nginx", name));
        Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(folder.FullName, name), text, TestContext.Current.CancellationToken);
    }

    /// <summary>A client that trusts this nginx alone, keeps its cookies and follows nothing.</summary>
    public HttpClient Browser(out CookieContainer cookies)
    {
        cookies = new CookieContainer();
        return new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, CookieContainer = cookies, SslOptions = { RemoteCertificateValidationCallback = IsOurs } })
        {
            BaseAddress = Address,
        };
    }

    public bool IsOurs(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        certificate?.GetCertHashString() == _certificate.GetCertHashString();

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _certificate.Dispose();
        _folder.Delete(recursive: true);
    }

    [GeneratedRegex("^proxy_set_header (?:Upgrade|Connection) .*$", RegexOptions.Multiline, 10_000)]
    private static partial Regex Upgrade();

    [GeneratedRegex(@"(?:server [^;]+;\s*)+", RegexOptions.None, 10_000)]
    private static partial Regex Servers();
}
