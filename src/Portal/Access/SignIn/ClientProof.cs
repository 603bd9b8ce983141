using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Portal.Vaults;

namespace Portal.Access;

/// <summary>By what the portal shows the provider, in one request, that it is the registered client.</summary>
internal abstract class ClientProof
{
    /// <summary>For the log and the record, as "client secret version 3".</summary>
    public abstract string Name { get; }

    public abstract void Identify(HttpRequestMessage request, Dictionary<string, string> form, OpenIdConnectConfiguration provider);

    /// <summary>The provider did not take it: the next reading asks the vault.</summary>
    public abstract void Refuse();
}

/// <summary>The one of the two ways that the settings name.</summary>
internal sealed class ClientProofs(ClientSecret secret, ClientKey key, IOptions<SignInOptions> options)
{
    /// <exception cref="SignInRefusedException">The vault has nothing that can be used.</exception>
    public async Task<ClientProof> GetAsync(CancellationToken cancellationToken)
    {
        if (options.Value.ClientKeyPath is not null)
        {
            return (await key.GetAsync(cancellationToken)).TryGet(out var pair, out var fault)
                ? new KeyProof(key, pair, options.Value.ClientId)
                : throw Nothing(fault);
        }

        return (await secret.GetAsync(cancellationToken)).TryGet(out var text, out var failure)
            ? new SecretProof(secret, text, options.Value.ClientId)
            : throw Nothing(failure);
    }

    private static SignInRefusedException Nothing(VaultFailure failure) => new(SignInFailure.NoClientSecret, failure.Message);

    private sealed class SecretProof(ClientSecret source, VaultSecret secret, string clientId) : ClientProof
    {
        public override string Name => $"client secret version {secret.Version}";

        public override void Identify(HttpRequestMessage request, Dictionary<string, string> form, OpenIdConnectConfiguration provider)
        {
            // A provider that does not say takes the header (OpenID Connect Discovery 1.0, section 3).
            if (provider.TokenEndpointAuthMethodsSupported.Contains("client_secret_post"))
            {
                form["client_secret"] = secret.Value.Reveal();
                return;
            }

            var pair = $"{Encode(clientId)}:{Encode(secret.Value.Reveal())}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes(pair)));
        }

        public override void Refuse() => source.Refuse(secret);

        private static string Encode(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);
    }

    private sealed class KeyProof(ClientKey source, ClientKeyPair pair, string clientId) : ClientProof
    {
        private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

        public override string Name => $"client key version {pair.Version}";

        public override void Identify(HttpRequestMessage request, Dictionary<string, string> form, OpenIdConnectConfiguration provider)
        {
            form["client_assertion_type"] = AssertionType;
            form["client_assertion"] = source.Write(pair, clientId, provider);
        }

        public override void Refuse() => source.Refuse(pair);
    }
}
