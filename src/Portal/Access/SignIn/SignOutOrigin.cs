using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Portal.Access;

/// <summary>Where the provider's session is ended: a browser's policy has to allow the redirect of the sign-out form to it.</summary>
internal sealed class SignOutOrigin(ProviderMetadata provider, TimeProvider clock)
{
    // Every page asks; without the origin only the provider's part of a sign-out is missing.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(30);

    private long _askAgainAt;

    /// <summary>For example <c>https://login.example.com</c>, or null when the provider has no such address or cannot be asked.</summary>
    public async ValueTask<string?> FindAsync(CancellationToken cancellationToken)
    {
        if (provider.AtHand is { } known)
        {
            return OriginOf(known);
        }

        var now = clock.GetUtcNow();
        var askAgainAt = Interlocked.Read(ref _askAgainAt);
        if (now.UtcTicks < askAgainAt || Interlocked.CompareExchange(ref _askAgainAt, (now + AskAgainAfter).UtcTicks, askAgainAt) != askAgainAt)
        {
            return null;
        }

        try
        {
            // Not ended with this page: the next one wants the answer too.
            var answer = await provider.GetAsync(CancellationToken.None).WaitAsync(Patience, clock, cancellationToken);
            return answer.Match(OriginOf, _ => null);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private static string? OriginOf(OpenIdConnectConfiguration metadata) =>
        Uri.TryCreate(metadata.EndSessionEndpoint, UriKind.Absolute, out var address) ? address.GetLeftPart(UriPartial.Authority) : null;
}
