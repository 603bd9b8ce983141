using System.Globalization;

namespace Portal.Sandbox;

/// <summary>Every setting of the sandbox: section <c>Sandbox</c> of the environment (<c>Sandbox__Live=false</c>) and the command line.</summary>
public sealed record SandboxOptions
{
    public const string Section = "Sandbox";

    internal const string Loopback = "127.0.0.1";
    internal const string Everywhere = "0.0.0.0";

    /// <summary>The port of <c>http://127.0.0.1</c>. Default: 5081 for the program (variable <c>SANDBOX_PORT</c>), a free one where a test starts it.</summary>
    public int? Port { get; init; }

    /// <summary>The address to listen on. Default: 127.0.0.1, with [::1] where there is one. <c>0.0.0.0</c> is for containers and asks for <see cref="AdvertisedHost"/>.</summary>
    public string BindAddress { get; init; } = Loopback;

    /// <summary>The host name that connections of live clusters carry, and that their certificates are made for too. Default: localhost.</summary>
    public string? AdvertisedHost { get; init; }

    /// <summary>Ports for the live clusters, as <c>26000-26019</c>, two a cluster: PgBouncer's, then PostgreSQL's. Default: free ones.</summary>
    public string? PoolPorts { get; init; }

    /// <summary>Addresses of the portals that may sign people in here, separated by semicolons.</summary>
    public string PortalUrls { get; init; } = "http://localhost:5080;http://127.0.0.1:5080";

    /// <summary>The OpenID issuer. Default: <c>http://localhost:PORT/oidc</c>.</summary>
    public string? Issuer { get; init; }

    /// <summary>A file with the client secret of <c>pool-portal</c>. Default: a random secret, which the vault knows.</summary>
    public string? ClientSecretFile { get; init; }

    /// <summary>Where to write, for its owner alone, the secret id that opens the vault. Default: nowhere.</summary>
    public string? SecretIdFile { get; init; }

    /// <summary>A file that each ledger row is appended to as a line of JSON. Default: in memory only.</summary>
    public string? LedgerPath { get; init; }

    /// <summary>The folder in which the clusters' own folders are made. Default: the system's folder for temporary files.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Folders to look for <c>initdb</c>, <c>postgres</c> and <c>pgbouncer</c> in, separated by colons. Default: PATH and the usual places.</summary>
    public string? BinaryFolders { get; init; }

    /// <summary>How many clusters to add to the four that are always there, 20 pools each, none of them live. 0 to 5,000. Also <c>--clusters N</c>.</summary>
    public int Clusters { get; init; }

    /// <summary>Whether orders-prod and payments-staging get a real PostgreSQL and PgBouncer. Default: true.</summary>
    public bool Live { get; init; } = true;

    /// <summary>Database users who may read PgBouncer's statistics (<c>SHOW POOLS</c>), separated by commas. Default: none, as on most clusters.</summary>
    public string? StatsUsers { get; init; }

    /// <summary>Requests that a token has each minute. DigitalOcean's: 250.</summary>
    public int RequestsPerMinute { get; init; } = 250;

    /// <summary>Requests that a token has each hour. DigitalOcean's: 5,000.</summary>
    public int RequestsPerHour { get; init; } = 5000;

    /// <summary>Reads and checks the settings of the program.</summary>
    /// <exception cref="SandboxSettingException">A key is unknown, or a value cannot be used.</exception>
    public static SandboxOptions Read(string[] args)
    {
        var configuration = new ConfigurationBuilder()
            .AddEnvironmentVariables()
            .AddCommandLine(args, new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["--clusters"] = "Sandbox:Clusters" })
            .Build();
        SandboxOptions options;
        try
        {
            options = configuration.GetSection(Section).Get<SandboxOptions>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new SandboxOptions();
        }
        catch (InvalidOperationException exception)
        {
            throw new SandboxSettingException(exception.InnerException is { } inner ? $"{exception.Message} {inner.Message}" : exception.Message, exception);
        }

        var port = configuration["SANDBOX_PORT"];
        if (options.Port is null && !string.IsNullOrEmpty(port))
        {
            options = int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? options with { Port = number }
                : throw new SandboxSettingException($"SANDBOX_PORT must be a port, not '{port}'.");
        }

        options = options with { Port = options.Port ?? 5081 };
        options.Check();
        return options;
    }

    internal IReadOnlyList<Uri> Portals =>
        [.. PortalUrls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(url => new Uri(url.TrimEnd('/')))];

    internal void Check()
    {
        Require(Port is null or (> 0 and < 65536), nameof(Port), "must be between 1 and 65535");
        Require(BindAddress is Loopback or Everywhere, nameof(BindAddress), $"must be {Loopback} or {Everywhere}");
        Require(
            BindAddress is Loopback || !string.IsNullOrWhiteSpace(AdvertisedHost),
            nameof(BindAddress),
            $"may be {Everywhere} only in a container, with Sandbox:AdvertisedHost set");
        Require(Clusters is >= 0 and <= 5000, nameof(Clusters), "must be between 0 and 5000");
        Require(RequestsPerMinute > 0, nameof(RequestsPerMinute), "must be at least 1");
        Require(RequestsPerHour > 0, nameof(RequestsPerHour), "must be at least 1");
        Require(
            PortalUrls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).All(IsHttp),
            nameof(PortalUrls),
            "must be http or https addresses, separated by semicolons");
        Require(Issuer is null || IsHttp(Issuer), nameof(Issuer), "must be an http or https address");
        Require(PoolPorts is null || PoolPortRange() is not null, nameof(PoolPorts), "must be two ports as in 26000-26019, at least four of them");
    }

    internal IReadOnlyList<string> StatsUserNames => StatsUsers?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    internal (int First, int Last)? PoolPortRange()
    {
        var parts = PoolPorts?.Split('-') ?? [];
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            && first > 0 && last < 65536 && last - first >= 3
                ? (first, last)
                : null;
    }

    private static bool IsHttp(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);

    private static void Require(bool isRight, string setting, string wanted)
    {
        if (!isRight)
        {
            throw new SandboxSettingException($"{Section}:{setting} {wanted}.");
        }
    }
}
