using System.Text.Json;

namespace Portal.Sandbox.Control;

/// <summary>A fault on demand: to which calls, how often, and what goes wrong.</summary>
public sealed record Fault
{
    /// <summary>The HTTP method; null or <c>*</c> is any.</summary>
    public string? Method { get; init; }

    /// <summary>
    /// The whole path as it is on the wire, without the query; <c>*</c> stands for any characters, slashes too.
    /// <c>/v2/databases/*/pools</c> is the list and the create of pools, <c>*/pools/*</c> one pool, <c>/v1/*</c> the vault.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>How many calls it is applied to, one fault a call, the oldest first. At least 1; default 1.</summary>
    public int Times { get; init; } = 1;

    public required FaultKind Kind { get; init; }

    /// <summary>The status of <see cref="FaultKind.Status"/>, <see cref="FaultKind.StatusAfterEffect"/> (default 500) and <see cref="FaultKind.Html"/> (default 502).</summary>
    public int? Status { get; init; }

    /// <summary>A text is sent as it is, any other JSON as JSON. Default: the error that the status has in the API, the vault or the sign-in.</summary>
    public JsonElement? Body { get; init; }

    /// <summary>Milliseconds, for the delays; for <see cref="FaultKind.Throttle"/> the <c>retry-after</c>, rounded up to seconds.</summary>
    public int? DelayMs { get; init; }

    /// <summary>Headers to set on the answer, over those that are there.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    internal string? Problem => this switch
    {
        { Times: < 1 } => "times must be at least 1",
        { Path: null or "" } => "path must be given",
        { Status: < 200 or > 599 } => "status must be between 200 and 599",
        { DelayMs: < 0 or > 600_000 } => "delayMs must be between 0 and 600000",
        { Kind: FaultKind.Delay or FaultKind.DelayAfterEffect, DelayMs: null } => "this kind wants delayMs",
        _ => null,
    };

    internal bool Matches(string method, string path) =>
        (Method is null or "*" || string.Equals(Method, method, StringComparison.OrdinalIgnoreCase)) && Glob.Matches(Path, path);
}
