using System.Text.Json.Serialization;

namespace Portal.DigitalOcean.Wire;

/// <summary>How DigitalOcean writes JSON: snake_case, and what is not set is left out. Unknown members are passed over.</summary>
/// <remarks>
/// Every member of a wire model may be missing or null; the mapping decides what a caller cannot do without.
/// The root keys of lists must be there: an object without one is not "there are none".
/// </remarks>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WireError))]
[JsonSerializable(typeof(NoContent))]
[JsonSerializable(typeof(AccountRoot))]
[JsonSerializable(typeof(OptionsRoot))]
[JsonSerializable(typeof(ClustersRoot))]
[JsonSerializable(typeof(ClusterRoot))]
[JsonSerializable(typeof(CertificateRoot))]
[JsonSerializable(typeof(DatabasesRoot))]
[JsonSerializable(typeof(UsersRoot))]
[JsonSerializable(typeof(SeenUsersRoot))]
[JsonSerializable(typeof(UserRoot))]
[JsonSerializable(typeof(UserCredentialsRoot))]
[JsonSerializable(typeof(FirewallRulesRoot))]
[JsonSerializable(typeof(ReplicasRoot))]
[JsonSerializable(typeof(PoolsRoot))]
[JsonSerializable(typeof(PoolRoot))]
[JsonSerializable(typeof(PoolConnectionRoot))]
[JsonSerializable(typeof(NewPoolBody))]
[JsonSerializable(typeof(PoolFieldsBody))]
[JsonSerializable(typeof(ResetAuthBody))]
internal sealed partial class WireContext : JsonSerializerContext;

/// <summary>An answer without a body (204).</summary>
internal sealed record NoContent;

/// <summary>Every error of the API.</summary>
internal sealed record WireError
{
    public string? Id { get; init; }

    public string? Message { get; init; }

    public string? RequestId { get; init; }
}
