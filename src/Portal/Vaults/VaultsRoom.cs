using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Portal.Audit;
using Portal.DigitalOcean;
using Portal.Operations;

namespace Portal.Vaults;

internal static class VaultsRoom
{
    public static IServiceCollection AddVaults(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddStrictOptions<VaultOptions, VaultOptionsValidator>(VaultOptions.Section);
        services.AddSingleton<HashiCorpLogin>();
        services.AddSingleton<IVault>(provider => provider.GetRequiredService<IOptions<VaultOptions>>().Value.Provider switch
        {
            VaultProvider.HashiCorp => ActivatorUtilities.CreateInstance<HashiCorpVault>(provider),
            VaultProvider.AzureKeyVault => new AzureKeyVault(provider.GetRequiredService<IOptions<VaultOptions>>()),
            _ => ActivatorUtilities.CreateInstance<FileVault>(provider),
        });
        services.AddSingleton<IApiTokenSource, ApiTokens>();
        services.AddHealthChecks().AddCheck<VaultHealth>("vault");
        services.AddSingleton<ISigningKeySource, RecordSigningKey>();
        services.AddHttpClient(HashiCorpVault.Client)
            .ConfigureHttpClient((provider, http) => Address(http, provider.GetRequiredService<IOptions<VaultOptions>>().Value.HashiCorp))
            .ConfigurePrimaryHttpMessageHandler(provider => Connections(provider.GetRequiredService<IOptions<VaultOptions>>().Value.HashiCorp))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        return services;
    }

    private static void Address(HttpClient http, HashiCorpOptions options)
    {
        http.BaseAddress = new Uri(options.Address);
        http.Timeout = TimeSpan.FromSeconds(10);
        http.MaxResponseContentBufferSize = 1024 * 1024;

        // Asked for by an agent or proxy that guards against requests forged in a browser.
        http.DefaultRequestHeaders.Add("X-Vault-Request", "true");
        if (options.Namespace is { Length: > 0 } name)
        {
            http.DefaultRequestHeaders.Add("X-Vault-Namespace", name);
        }
    }

    private static SocketsHttpHandler Connections(HashiCorpOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        };
        if (options.CaFile is { Length: > 0 } file)
        {
            // A company's own authority seldom answers questions about revocation.
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.ImportFromPemFile(file);
            handler.SslOptions.CertificateChainPolicy = policy;
        }

        return handler;
    }
}
