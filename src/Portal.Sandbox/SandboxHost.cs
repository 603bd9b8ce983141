using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Portal.Sandbox.Clusters;
using Portal.Sandbox.Control;
using Portal.Sandbox.DigitalOcean;
using Portal.Sandbox.SignIn;
using Portal.Sandbox.Vault;

namespace Portal.Sandbox;

/// <summary>A running sandbox: in a test's own process, or as the program.</summary>
public sealed class SandboxHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SandboxHost(WebApplication app, int port)
    {
        _app = app;
        Address = new Uri($"http://127.0.0.1:{port}");
    }

    /// <summary>Where it listens: <c>/v2</c> DigitalOcean, <c>/oidc</c> sign-in, <c>/v1</c> vault, <c>/sandbox</c> control.</summary>
    public Uri Address { get; }

    public Uri Issuer => new(Of<IssuerAddress>().Value);

    public string ClientId => SignInClient.Id;

    public string ClientSecret => Of<SignInClient>().Secret;

    /// <summary>What signs the portal's record: a key of this sandbox alone, as PEM.</summary>
    public string RecordKey { get; } = NewKey();

    /// <summary>What encrypts the portal's Data Protection keys: 32 bytes of this sandbox alone, in base64.</summary>
    public string KeyEncryptionKey { get; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    public string VaultRoleId => VaultTokens.RoleId;

    public string VaultSecretId => Of<VaultTokens>().SecretId;

    public Faults Faults => Of<Faults>();

    public Ledger Ledger => Of<Ledger>();

    /// <summary>Why no cluster is live; null where they are.</summary>
    public string? WhyNotLive => Of<LiveClusters>().WhyNot;

    /// <summary>Every secret there is at this moment, to search what was written for: passwords, the vault's secret id, the client's secret.</summary>
    public IReadOnlyList<string> Secrets =>
    [
        ClientSecret,
        VaultSecretId,
        RecordKey.Split('\n')[1],
        KeyEncryptionKey,
        Of<Cloud>().MetricsCredentials.BasicAuthPassword,
        .. Of<Cloud>().Clusters.SelectMany(cluster => cluster.Contents.Users).Select(user => user.Password),
        .. Of<Cloud>().Clusters.Select(cluster => cluster.Live).Where(live => live.IsCompletedSuccessfully).SelectMany(live => live.Result?.Secrets ?? []),
    ];

    internal IServiceProvider Services => _app.Services;

    /// <summary>Starts it and waits until its clusters are up.</summary>
    /// <exception cref="SandboxSettingException">It cannot start with these settings.</exception>
    public static Task<SandboxHost> StartAsync(SandboxOptions options, CancellationToken cancellationToken) =>
        StartAsync(options, TimeProvider.System, cancellationToken);

    /// <summary>Starts it with a clock of the caller's, for whatever has a life or a window: codes, tokens, rate limits.</summary>
    public static async Task<SandboxHost> StartAsync(SandboxOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        var port = options.Port ?? FreePorts.Next();
        var sandbox = new SandboxHost(Build(options, clock, port), port);
        try
        {
            sandbox.Of<IssuerAddress>().Value = (options.Issuer ?? $"http://localhost:{port}/oidc").TrimEnd('/');
            sandbox.Of<VaultSecrets>().Write("pool-portal", JsonSerializer.SerializeToElement(new { token = "dop_v1_sandbox", token_without_passwords = "dop_v1_sandbox_noview" }));
            sandbox.Of<VaultSecrets>().Write("pool-portal/sign-in", JsonSerializer.SerializeToElement(new { client_secret = sandbox.ClientSecret }));
            sandbox.Of<VaultSecrets>().Write("pool-portal/record", JsonSerializer.SerializeToElement(new { private_key = sandbox.RecordKey }));
            sandbox.Of<VaultSecrets>().Write("pool-portal/keys", JsonSerializer.SerializeToElement(new { key = sandbox.KeyEncryptionKey }));
            _ = sandbox.Of<VaultTokens>();
            _ = sandbox.Ledger;
            sandbox.Of<LiveClusters>().Begin();
            await sandbox.ListenAsync(port, cancellationToken);
            await sandbox.Of<LiveClusters>().Ready.WaitAsync(cancellationToken);
            return sandbox;
        }
        catch
        {
            await sandbox.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until the token says so.</summary>
    public async Task WaitForStopAsync(CancellationToken cancellationToken)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(stopped.SetResult);
        await stopped.Task;
    }

    /// <summary>Sets a cluster online, resizing and so on.</summary>
    public void SetClusterStatus(Guid cluster, string status) => Of<Cloud>().Find(cluster.ToString())!.Status = status;

    public void Seal() => Of<VaultDoor>().IsSealed = true;

    public void Unseal() => Of<VaultDoor>().IsSealed = false;

    /// <summary>Makes every token that the vault gave out worthless.</summary>
    public void RevokeVaultTokens() => Of<VaultTokens>().RevokeAll();

    /// <summary>Makes one of the API's tokens worthless, by its name in the ledger.</summary>
    public void RevokeApiToken(string name) => Of<RevokedTokens>().Add(name);

    /// <summary>Writes a new version of a secret of the vault, and returns its number.</summary>
    public int WriteSecret(string path, object data) => Of<VaultSecrets>().Write(path, JsonSerializer.SerializeToElement(data))!.Number;

    /// <summary>A new signing key; id tokens of the old one are worth nothing from now on. Returns the key's id.</summary>
    public string RotateKeys() => Of<SigningKeys>().Rotate();

    /// <summary>How the provider differs from a good one.</summary>
    public SignInOddities SignIn => Of<SignInOddities>();

    /// <summary>Registers a new certificate of the portal and puts it into the vault. Returns the path for <c>SignIn:ClientKeyPath</c>.</summary>
    public string RegisterClientKey() => ControlRoutes.WriteKey(Of<ClientKey>(), Of<VaultSecrets>());

    /// <summary>The provider ends all of somebody's sessions and calls the portals. Returns what they answered.</summary>
    public Task<IReadOnlyList<int>> SignOutAsync(string account, CancellationToken cancellationToken) =>
        Of<ProviderLogout>().CallAsync(SandboxAccount.Find(account)!, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    internal T Of<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    private async Task ListenAsync(int port, CancellationToken cancellationToken)
    {
        try
        {
            await _app.StartAsync(cancellationToken);
        }
        catch (IOException exception)
        {
            throw new SandboxSettingException($"The sandbox cannot listen on port {port}: {exception.Message}", exception);
        }
    }

    private static WebApplication Build(SandboxOptions options, TimeProvider clock, int port)
    {
        // Empty: nothing but what is named here, so that no settings file that happens to lie about changes what a test sees.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, options, port));
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning);
        // Its errors are answers that were cut short on demand.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Critical);
        builder.Services.AddRoutingCore().AddSingleton(options).AddSingleton(clock);
        builder.Services.AddSingleton<Cloud>().AddSingleton<RevokedTokens>().AddSingleton<RateLimit>().AddSingleton<LiveClusters>();
        builder.Services.AddSingleton<SignInClient>().AddSingleton<SigningKeys>().AddSingleton<IssuerAddress>();
        builder.Services.AddSingleton<AuthorizationCodes>().AddSingleton<IdTokens>().AddSingleton<ProviderSessions>();
        builder.Services.AddSingleton<SignInOddities>().AddSingleton<ProviderLogout>().AddSingleton<ClientKey>();
        builder.Services.AddSingleton<VaultSecrets>().AddSingleton<VaultTokens>().AddSingleton<VaultDoor>();
        builder.Services.AddSingleton<Faults>().AddSingleton(_ => new Ledger(options.LedgerPath));

        var app = builder.Build();
        app.UseRouting();
        app.UseMiddleware<ExchangeMiddleware>();
        app.UseWhen(IsApi, api => api.UseMiddleware<ApiHeadersMiddleware>());
        app.UseMiddleware<FaultMiddleware>();
        app.UseWhen(IsApi, api => api.UseMiddleware<ApiGateMiddleware>());
        ClusterRoutes.Map(app);
        UserRoutes.Map(app);
        PoolRoutes.Map(app);
        SignInRoutes.Map(app);
        VaultRoutes.Map(app);
        ControlRoutes.Map(app);
        return app;
    }

    private static string NewKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem();
    }

    private static bool IsApi(HttpContext context) => context.Features.Get<Exchange>() is { IsApi: true };

    private static void Listen(KestrelServerOptions kestrel, SandboxOptions options, int port)
    {
        kestrel.AddServerHeader = false;
        if (options.BindAddress is SandboxOptions.Everywhere)
        {
            kestrel.ListenAnyIP(port);
            return;
        }

        kestrel.Listen(IPAddress.Loopback, port);
        if (FreePorts.HasLoopback6)
        {
            kestrel.Listen(IPAddress.IPv6Loopback, port);
        }
    }
}
