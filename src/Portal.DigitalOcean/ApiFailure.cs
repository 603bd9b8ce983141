namespace Portal.DigitalOcean;

/// <summary>What kind of "no" it was: what a caller may do next depends on nothing else.</summary>
public enum ApiFailureKind
{
    /// <summary>
    /// It is not known whether the call took effect: no answer, connection reset, time-out after writing began, 408, any 5xx,
    /// or a success that is cut short, too large or not what the specification says.
    /// </summary>
    Unknown = 0,

    /// <summary>401, also with the token read again.</summary>
    Unauthorized,

    /// <summary>403: a scope or a role is missing.</summary>
    Forbidden,

    /// <summary>404.</summary>
    NotFound,

    /// <summary>409.</summary>
    Conflict,

    /// <summary>412: the cluster says it is online, but something of it is not ready yet; worth another try in a while.</summary>
    NotReady,

    /// <summary>422, every other definite 4xx, a redirection, and a name that cannot be part of an address (then without status).</summary>
    Rejected,

    /// <summary>429. <see cref="ApiFailure.RetryAt"/> says when to come again.</summary>
    Throttled,

    /// <summary>
    /// The request did not leave this machine: name not resolved, connection refused, TLS failed, or time ran out before it was written.
    /// </summary>
    NotSent,

    /// <summary>The token source had no usable token.</summary>
    NoToken,
}

/// <summary>A call to DigitalOcean that did not end well.</summary>
/// <remarks>
/// Carries no secret and no body: <see cref="Message"/> is the message of DigitalOcean's own error object, everything else of an answer
/// (a gateway's HTML page, for example) is only named.
/// </remarks>
/// <seealso href="https://docs.digitalocean.com/reference/api/"/>
public sealed record ApiFailure
{
    public required ApiFailureKind Kind { get; init; }

    /// <summary>The HTTP status, when an answer began to arrive.</summary>
    public int? Status { get; init; }

    /// <summary>DigitalOcean's word for the error, for example <c>not_found</c>. Absent when something in between answered.</summary>
    public string? Id { get; init; }

    /// <summary>DigitalOcean's own message, at most 300 characters, without control characters.</summary>
    public string? Message { get; init; }

    /// <summary>What DigitalOcean's support asks for: <c>request_id</c> of the body, else the header <c>x-request-id</c>.</summary>
    public string? RequestId { get; init; }

    /// <summary>Not before this time: <c>retry-after</c> (seconds or a date), else, after 429, <c>ratelimit-reset</c>.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>A short technical reason that may be shown, for example <c>connection refused</c>.</summary>
    public string? Detail { get; init; }

    /// <summary>After 403: the scope that the call needs, for example <c>database:create</c>.</summary>
    public string? Scope { get; init; }

    /// <summary>Whether this call surely had no effect. False only for <see cref="ApiFailureKind.Unknown"/>.</summary>
    /// <remarks>
    /// It speaks for this call alone: a 422 for a name that is taken, after an earlier call of ours with unknown end, may be about our own pool.
    /// </remarks>
    public bool IsCertainlyNotExecuted => Kind is not ApiFailureKind.Unknown;

    /// <summary>Whether DigitalOcean itself said that the thing does not exist, and not a proxy or a wrong address before it.</summary>
    public bool IsCertainlyAbsent => Kind is ApiFailureKind.NotFound && Id is not null;
}
