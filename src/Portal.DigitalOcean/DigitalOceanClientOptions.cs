namespace Portal.DigitalOcean;

/// <summary>Where DigitalOcean's API is and how long to wait for it.</summary>
public sealed record DigitalOceanClientOptions
{
    /// <summary>Without <c>/v2</c>. Default <c>https://api.digitalocean.com</c>.</summary>
    public Uri BaseUrl { get; init; } = new("https://api.digitalocean.com");

    /// <summary>How long a read may take, the whole answer included. Default 30 s.</summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a POST, PUT or DELETE may take. Default 90 s: giving up on one costs reading its effect back.</summary>
    public TimeSpan UnsafeTimeout { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>How long connecting may take, TLS included. Default 5 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);
}
