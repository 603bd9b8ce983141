using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Portal.Audit;
using Portal.DigitalOcean;
using Portal.Operations;
using Portal.Operations.Telemetry;

namespace Portal.Vaults;

internal static class VaultsRoom
{
    public static IServiceCollection AddVaults(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddStrictOptions<VaultOptions, VaultOptionsValidator>(VaultOptions.Section);
        services.AddSingleton<HashiCorpLogin>();
        services.AddHostedService<HashiCorpRenewal>();
        services.AddSingleton<IVault>(provider => provider.GetRequiredService<IOptions<VaultOptions>>().Value.Provider switch
        {
            VaultProvider.HashiCorp => ActivatorUtilities.CreateInstance<HashiCorpVault>(provider),
            VaultProvider.AzureKeyVault => new AzureKeyVault(provider.GetRequiredService<IOptions<VaultOptions>>()),
            _ => ActivatorUtilities.CreateInstance<FileVault>(provider),
        });
        services.AddSingleton<ApiTokens>();
        services.AddSingleton<IApiTokenSource>(provider => provider.GetRequiredService<ApiTokens>());
        services.AddSingleton<IRoomFigures, VaultsMeter>();
        services.AddHealthChecks().AddCheck<VaultHealth>("vault").AddCheck<KeysHealth>("keys", tags: [OperationsRoom.Ready]);
        services.AddSingleton<KeyEncryptionKeys>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>, KeyEncryption>();
        services.AddHostedService<KeysAtStart>();
        services.AddSingleton<ISigningKeySource, RecordSigningKey>();
        services.AddHttpClient(HashiCorpVault.Client)
            .ConfigureHttpClient((provider, http) => Address(http, provider.GetRequiredService<IOptions<VaultOptions>>().Value.HashiCorp))
            .ConfigurePrimaryHttpMessageHandler(provider => Connections(provider.GetRequiredService<IOptions<VaultOptions>>().Value.HashiCorp))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        return services;
    }

    /// <summary>Before the door: until cookies can be opened, everybody but a health probe is told to wait.</summary>
    public static void UseVaults(this IApplicationBuilder app)
    {
        var keys = app.ApplicationServices.GetRequiredService<KeyEncryptionKeys>();
        app.Use((context, next) => keys.IsReady || context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal) ? next(context) : AskToWaitAsync(context.Response));
    }

    private static Task AskToWaitAsync(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.ContentType = "text/plain; charset=utf-8";
        response.Headers.RetryAfter = "5";
        return response.WriteAsync("The portal has just started and waits for its vault. Nothing is lost; load the page again in a moment. If it stays so, tell an admin: /health/ready and the log say more.");
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
