using Azure;
using Azure.Core;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.Options;
using Portal.DigitalOcean;

namespace Portal.Vaults;

/// <summary>Azure Key Vault. A secret there is one value, so a field is not asked for, and its name has no slash: <c>a/b</c> is <c>a-b</c>.</summary>
internal sealed class AzureKeyVault(SecretClient client) : IVault
{
    private const string NotReached = "Azure Key Vault cannot be reached. Check Vault:AzureKeyVault:Address and the network.";

    public AzureKeyVault(IOptions<VaultOptions> options)
        : this(Connect(options.Value.AzureKeyVault, new DefaultAzureCredential(), new SecretClientOptions()))
    {
    }

    internal static SecretClient Connect(AzureKeyVaultOptions options, TokenCredential credential, SecretClientOptions how)
    {
        // What stands above this asks again when it is time to; the client's own eight seconds of patience would be added to it.
        how.Retry.MaxRetries = 1;
        how.Retry.NetworkTimeout = TimeSpan.FromSeconds(10);
        return new SecretClient(new Uri(options.Address), credential, how);
    }

    public async Task<Result<VaultSecret, VaultFailure>> ReadAsync(string path, string field, CancellationToken cancellationToken)
    {
        var name = path.Replace('/', '-').Replace('_', '-');
        try
        {
            KeyVaultSecret secret = await client.GetSecretAsync(name, cancellationToken: cancellationToken);
            return string.IsNullOrWhiteSpace(secret.Value)
                ? new VaultFailure($"The secret {name} in Azure Key Vault is empty.")
                : new VaultSecret(new Secret(secret.Value), secret.Properties.Version);
        }
        catch (RequestFailedException exception)
        {
            return new VaultFailure(exception.Status switch
            {
                401 or 403 => $"Azure Key Vault does not let the portal read the secret {name}. Give its identity the role Key Vault Secrets User.",
                404 => $"Azure Key Vault has no secret {name}, or it is disabled or deleted.",
                429 => "Azure Key Vault asks for fewer requests. The portal tries again by itself.",
                0 => NotReached,
                var status => $"Azure Key Vault answered {status}.",
            });
        }
        catch (AggregateException exception) when (exception.InnerExceptions.All(inner => inner is RequestFailedException))
        {
            // How the client says that every one of its tries failed on the way.
            return new VaultFailure(NotReached);
        }
        catch (AuthenticationFailedException)
        {
            return new VaultFailure("The portal has no identity for Azure Key Vault. Give it a managed identity, or the AZURE_ variables of a service principal.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new VaultFailure("Azure Key Vault did not answer in time.");
        }
    }
}
