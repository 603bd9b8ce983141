namespace Portal.Access;

/// <summary>On the one endpoint that the provider opens in a frame of its own sign-out page.</summary>
internal sealed class FramedByProvider
{
    public static readonly FramedByProvider Mark = new();

    /// <summary>Scheme, host and port of the provider, as a policy names them.</summary>
    public static string OriginOf(SignInOptions options) => new Uri(options.Authority).GetLeftPart(UriPartial.Authority);
}
