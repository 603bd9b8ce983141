using Portal.DigitalOcean;

namespace Portal.Connections;

/// <summary>What a connection is wanted for; each is recorded apart.</summary>
internal enum ConnectionPurpose
{
    Shown,
    Copied,
    Downloaded,
}

/// <summary>One wish for one text.</summary>
/// <param name="Format">The id of a format.</param>
/// <param name="ConnectAs">The database user that was chosen, for an inbound-user pool; otherwise null.</param>
internal sealed record ConnectionRequest(
    Guid Cluster,
    string Pool,
    string Format,
    ConnectionWay Way,
    bool Verify,
    string? ConnectAs,
    ConnectionPurpose Purpose)
{
    /// <summary>
    /// What the text that is shown was written for, so that exactly this is copied although a test may have found out more meanwhile;
    /// null for what the last test found.
    /// </summary>
    public PreparedStatements? Prepared { get; init; }
}

/// <summary>The finished text, with the password in it.</summary>
internal sealed record HandedOut(Secret Text);
