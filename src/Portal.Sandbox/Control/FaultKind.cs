using System.Text.Json.Serialization;

namespace Portal.Sandbox.Control;

/// <summary>What a fault does to the one exchange it is applied to.</summary>
[JsonConverter(typeof(FaultKindConverter))]
public enum FaultKind
{
    /// <summary>Answers <c>status</c> with <c>body</c>; nothing has happened.</summary>
    Status,

    /// <summary>Does what was asked, then answers <c>status</c> with <c>body</c> all the same.</summary>
    StatusAfterEffect,

    /// <summary>Waits <c>delayMs</c>, then does and answers what was asked, also when the caller has gone away meanwhile.</summary>
    Delay,

    /// <summary>Does what was asked, and answers <c>delayMs</c> later.</summary>
    DelayAfterEffect,

    /// <summary>Reads the request and cuts the connection; nothing has happened.</summary>
    DropBefore,

    /// <summary>Does what was asked and cuts the connection without a word.</summary>
    DropAfter,

    /// <summary>Does what was asked and cuts the connection in the middle of the answer's body.</summary>
    Truncate,

    /// <summary>Does what was asked and answers with its status and a body that is not JSON.</summary>
    Malformed,

    /// <summary>Answers with a gateway's HTML page, <c>status</c> 502 unless given; nothing has happened.</summary>
    Html,

    /// <summary>Answers 429; with <c>retry-after</c> when <c>delayMs</c> is given; nothing has happened.</summary>
    Throttle,

    /// <summary>Does what was asked and answers with its status and no body.</summary>
    Empty,
}

internal sealed class FaultKindConverter() : JsonStringEnumConverter<FaultKind>(System.Text.Json.JsonNamingPolicy.CamelCase, allowIntegerValues: false);
