using System.Text.Json.Serialization;
using Portal.DigitalOcean.Calls;

namespace Portal.DigitalOcean.Wire;

internal sealed record UsersRoot
{
    [JsonRequired]
    public IReadOnlyList<WireUser?>? Users { get; init; }
}

internal sealed record UserRoot
{
    public WireUser? User { get; init; }
}

internal sealed record WireUser
{
    public string? Name { get; init; }

    public string? Role { get; init; }
}

/// <summary>For MySQL it could choose an authentication plugin; for PostgreSQL there is nothing to say, but the body is required.</summary>
internal sealed record ResetAuthBody;

internal sealed record UserCredentialsRoot
{
    public WireUserCredentials? User { get; init; }
}

/// <summary>Behind a connection only.</summary>
internal sealed record WireUserCredentials
{
    public string? Name { get; init; }

    public Secret? Password { get; init; }
}

/// <summary>To see whether a token may read passwords.</summary>
internal sealed record SeenUsersRoot
{
    [JsonRequired]
    public IReadOnlyList<SeenUser?>? Users { get; init; }
}

internal sealed record SeenUser
{
    [JsonPropertyName("password")]
    [JsonConverter(typeof(IsThereConverter))]
    public bool HasPassword { get; init; }
}
