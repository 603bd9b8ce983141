using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Portal.Tests.Configuration;

/// <summary>The options of all rooms as the portal registers them, over settings that a test puts in.</summary>
internal sealed class SettingsOfPortal : ConfigurationProvider, IConfigurationSource, IAsyncDisposable
{
    /// <summary>What has no default and must be there.</summary>
    private static readonly Dictionary<string, string?> Least = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Vault:HashiCorp:Address"] = "https://vault.example.com:8200",
        ["Vault:HashiCorp:TokenFile"] = "/run/vault/token",
        ["SignIn:Authority"] = "https://login.example.com/company",
        ["SignIn:ClientId"] = "pool-portal",
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("portal-settings-");
    private readonly WebApplication _portal;

    public SettingsOfPortal()
    {
        _portal = PortalApp.BuildServices(["--environment=Production", $"--contentRoot={_folder.FullName}"]);
        ((IConfigurationBuilder)_portal.Configuration).Add(this);
    }

    IConfigurationProvider IConfigurationSource.Build(IConfigurationBuilder builder) => this;

    /// <summary>What the start says to these settings; empty when it takes them.</summary>
    public IReadOnlyList<string> Faults(Type options, params (string Key, string? Value)[] settings)
    {
        Data = new Dictionary<string, string?>(Least, StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in settings)
        {
            Data[key] = value;
        }

        // The factory makes them anew each time; what it throws the validator of the start collects.
        var make = typeof(SettingsOfPortal).GetMethod(nameof(Make), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!.MakeGenericMethod(options);
        try
        {
            make.Invoke(this, []);
            return [];
        }
        catch (System.Reflection.TargetInvocationException exception) when (exception.InnerException is OptionsValidationException refusal)
        {
            return [.. refusal.Failures];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private void Make<TOptions>()
        where TOptions : class => _portal.Services.GetRequiredService<IOptionsFactory<TOptions>>().Create(Options.DefaultName);
}
