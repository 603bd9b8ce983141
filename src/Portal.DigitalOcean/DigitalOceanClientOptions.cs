namespace Portal.DigitalOcean;

/// <summary>Where DigitalOcean's API is and how patient the client is with it.</summary>
public sealed record DigitalOceanClientOptions
{
    /// <summary>Without <c>/v2</c>. Default <c>https://api.digitalocean.com</c>.</summary>
    public Uri BaseUrl { get; init; } = new("https://api.digitalocean.com");

    /// <summary>How long a read may take with all its attempts and the waits between them. Default 30 s.</summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one attempt of a read may take, the whole answer included. Default 10 s.</summary>
    public TimeSpan ReadAttemptTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a read is repeated after an error that may pass. 0: never. Default 3.</summary>
    public int ReadRetries { get; init; } = 3;

    /// <summary>The wait before the first repetition; each further one is twice as long, at most 10 s, and spread at random. Default 0.5 s.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>How many reads are under way at once; 64 more wait for their turn. Default 8.</summary>
    public int ReadsAtOnce { get; init; } = 8;

    /// <summary>How long a POST, PUT or DELETE may take, with the wait for its turn. Default 90 s.</summary>
    public TimeSpan UnsafeTimeout { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>How long a POST, PUT or DELETE may take once it is its turn. Default 60 s: giving up on one costs reading its effect back.</summary>
    public TimeSpan UnsafeAttemptTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How many POST, PUT and DELETE are under way at once; 64 more wait for their turn. Default 4.</summary>
    public int UnsafeAtOnce { get; init; } = 4;

    /// <summary>How long connecting may take, TLS included. Default 5 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);
}
