using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Portal.Operations;

internal static class StrictOptions
{
    /// <summary>Binds a section so that an unknown key in it, or a wrong value, stops the start with a message that names it.</summary>
    public static void AddStrictOptions<TOptions, TValidator>(this IServiceCollection services, string section)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
    {
        services.AddOptions<TOptions>()
            .Configure<IConfiguration>((_, configuration) => SettingFaults.ThrowIfAny(configuration.GetSection(section), typeof(TOptions)))
            .BindConfiguration(section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<TOptions>, TValidator>();
    }

    /// <summary>The same for options whose attributes say all that there is to check.</summary>
    public static void AddStrictOptions<TOptions>(this IServiceCollection services, string section)
        where TOptions : class =>
        services.AddStrictOptions<TOptions, ByAttributes<TOptions>>(section);

    // The validators that the SDK generates leave out the messages that the attributes carry (10.0.401, RangeAttribute).
    private sealed class ByAttributes<TOptions> : IValidateOptions<TOptions>
        where TOptions : class
    {
        public ValidateOptionsResult Validate(string? name, TOptions options)
        {
            var faults = new List<ValidationResult>();
            return Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true)
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail(faults.Select(fault => fault.ErrorMessage!));
        }
    }
}
