using Microsoft.AspNetCore.Authentication.OAuth;

namespace Portal.Access;

/// <summary>The framework's options, with what it would keep here (secret, addresses) read when it is needed instead.</summary>
internal sealed class PortalSignInOptions : OAuthOptions
{
    /// <remarks>Not the base's: that asks for a client secret and for addresses at start, which come from the vault and from the provider.</remarks>
    public override void Validate()
    {
        if (string.IsNullOrEmpty(ClientId) || !CallbackPath.HasValue)
        {
            throw new InvalidOperationException("The sign-in needs a client id and a callback path.");
        }
    }
}
