using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Portal.Sandbox.SignIn;

/// <summary>The one client that is registered: the portal.</summary>
internal sealed class SignInClient
{
    public const string Id = "pool-portal";

    public SignInClient(SandboxOptions options)
    {
        var file = options.ClientSecretFile;
        Secret = file is null ? Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32)) : Read(file);
        RedirectUris = [.. options.Portals.Select(portal => $"{portal.GetLeftPart(UriPartial.Path).TrimEnd('/')}/signin-oidc")];
        SignedOutUris = [.. options.Portals.Select(portal => $"{portal.GetLeftPart(UriPartial.Path).TrimEnd('/')}/signout-callback-oidc")];
        FrontChannelUris = [.. options.Portals.Select(portal => $"{portal.GetLeftPart(UriPartial.Path).TrimEnd('/')}/signout-frontchannel-oidc")];
        BackChannelUris = [.. options.Portals.Select(portal => $"{portal.GetLeftPart(UriPartial.Path).TrimEnd('/')}/signout-backchannel-oidc")];
        Origins = [.. options.Portals.Select(portal => portal.GetLeftPart(UriPartial.Authority)).Distinct(StringComparer.Ordinal)];
    }

    public string Secret { get; }

    public IReadOnlyList<string> RedirectUris { get; }

    public IReadOnlyList<string> SignedOutUris { get; }

    public IReadOnlyList<string> FrontChannelUris { get; }

    public IReadOnlyList<string> BackChannelUris { get; }

    public IReadOnlyList<string> Origins { get; }

    public bool Is(string id, string secret) =>
        id == Id && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(Secret));

    private static string Read(string file)
    {
        try
        {
            var secret = File.ReadAllText(file).Trim();
            return secret.Length > 0 ? secret : throw new SandboxSettingException("Sandbox:ClientSecretFile names an empty file.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SandboxSettingException($"Sandbox:ClientSecretFile cannot be read: {exception.Message}", exception);
        }
    }
}
