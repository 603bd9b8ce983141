using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Portal.Tests;

/// <summary>Options as the portal binds them: from settings, strictly.</summary>
internal static class OptionsUnderTest
{
    public static TOptions Read<TOptions>(Action<IServiceCollection> room, params (string Key, string Value)[] settings)
        where TOptions : class
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)))
            .Build());
        room(services);
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<TOptions>>().Value;
    }

    /// <summary>The one message with which the settings are refused.</summary>
    public static string Refusal<TOptions>(Action<IServiceCollection> room, params (string Key, string Value)[] settings)
        where TOptions : class =>
        Should.Throw<OptionsValidationException>(() => Read<TOptions>(room, settings)).Failures.ShouldHaveSingleItem();
}
