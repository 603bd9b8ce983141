namespace Portal.DigitalOcean.Calls;

/// <summary>What of a call is the same each time.</summary>
/// <param name="Id">The <c>operationId</c> of the specification.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Purpose">Which token it takes.</param>
internal sealed record Operation(string Id, HttpMethod Method, TokenPurpose Purpose = TokenPurpose.Manage)
{
    /// <summary>Whether sending it twice, or not knowing, matters.</summary>
    public bool IsUnsafe => Method != HttpMethod.Get;
}
