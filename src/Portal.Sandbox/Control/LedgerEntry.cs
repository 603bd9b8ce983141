using System.Text.Json.Serialization;

namespace Portal.Sandbox.Control;

/// <summary>What a call did to the state, whatever the caller was told.</summary>
[JsonConverter(typeof(EffectConverter))]
public enum Effect
{
    None,
    Created,
    Updated,
    Deleted,
    Reset,
}

/// <summary>How the answer went out.</summary>
[JsonConverter(typeof(DeliveryConverter))]
public enum Delivery
{
    Sent,

    /// <summary>The connection was cut before an answer.</summary>
    Dropped,

    /// <summary>The connection was cut in the middle of the answer.</summary>
    Truncated,
}

/// <summary>One call to the API, the vault or the sign-in. Never a secret: no query, no header, no body.</summary>
/// <param name="Sequence">Counted from 1, without gaps.</param>
/// <param name="Path">As it was on the wire, still percent-encoded, without the query.</param>
/// <param name="Operation">The operationId of the specification, or the sandbox's own name for the route; null where no route took the call.</param>
/// <param name="Token">The name of the token, not the token: <c>all-scopes</c>, <c>no-view</c>, or null.</param>
/// <param name="Status">The status that was sent; null where the connection was cut before.</param>
public sealed record LedgerEntry(
    long Sequence,
    DateTimeOffset Time,
    string Method,
    string Path,
    string? Operation,
    string? Token,
    int? Status,
    Delivery Delivery,
    Effect Effect,
    string? Pool,
    string? RequestId,
    FaultKind? Fault);

internal sealed class EffectConverter() : JsonStringEnumConverter<Effect>(System.Text.Json.JsonNamingPolicy.CamelCase, allowIntegerValues: false);

internal sealed class DeliveryConverter() : JsonStringEnumConverter<Delivery>(System.Text.Json.JsonNamingPolicy.CamelCase, allowIntegerValues: false);
