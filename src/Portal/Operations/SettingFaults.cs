using System.Collections;
using System.ComponentModel;
using System.Reflection;
using Microsoft.Extensions.Options;

namespace Portal.Operations;

/// <summary>What is wrong with the form of settings, in words that name the key and what would be right. Whether a value is a good one its room decides.</summary>
/// <remarks>The framework's binder says the same with the names of classes, and one fault at a time.</remarks>
internal static class SettingFaults
{
    /// <exception cref="OptionsValidationException">A key is unknown, or a value is not of its kind.</exception>
    public static void ThrowIfAny(IConfigurationSection section, Type options)
    {
        if (Of(section, options).ToList() is { Count: > 0 } faults)
        {
            throw new OptionsValidationException(Options.DefaultName, options, faults);
        }
    }

    public static IEnumerable<string> Of(IConfigurationSection section, Type type) => Of(section, type, byDefault: null);

    /// <summary>The properties that settings are read into.</summary>
    public static IEnumerable<PropertyInfo> Settings(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is not null);

    /// <summary>Whether it is a section of its own, and not one value.</summary>
    public static bool IsSection(Type type) => type is { IsClass: true } && type.Namespace?.StartsWith("Portal", StringComparison.Ordinal) is true;

    /// <summary>What a list is of; null for what is no list.</summary>
    public static Type? ItemOf(Type type) =>
        type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable)) && type.IsGenericType ? type.GetGenericArguments()[0] : null;

    private static IEnumerable<string> Of(IConfigurationSection section, Type type, object? byDefault)
    {
        var children = section.GetChildren().ToList();
        if (ItemOf(type) is { } item)
        {
            return children.Count == 0 && section.Value is { Length: > 0 }
                ? [$"{section.Path} must be a list, for example {section.Path}:0."]
                : children.SelectMany(child => Of(child, item, byDefault: null));
        }

        if (!IsSection(type))
        {
            return children.Count > 0 || (section.Value is { } text && !IsOfKind(text, Nullable.GetUnderlyingType(type) ?? type, type))
                ? [$"{section.Path} must be {KindOf(type, byDefault)}."]
                : [];
        }

        if (children.Count == 0 && section.Value is { Length: > 0 })
        {
            return [$"{section.Path} must be a section with {Names(type)}."];
        }

        var defaults = Activator.CreateInstance(type)!;
        return children.SelectMany(child =>
            Settings(type).FirstOrDefault(property => property.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase)) is { } property
                ? Of(child, property.PropertyType, property.GetValue(defaults))
                : [$"{child.Path} is no setting. In {section.Path} there are {Names(type)}."]);
    }

    private static bool IsOfKind(string text, Type type, Type declared)
    {
        if (text.Length == 0 && declared != type)
        {
            return true;
        }

        if (type.IsEnum)
        {
            return Enum.GetNames(type).Contains(text, StringComparer.OrdinalIgnoreCase);
        }

        try
        {
            _ = TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text);
            return true;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException)
        {
            return false;
        }
    }

    private static string KindOf(Type declared, object? byDefault)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (type.IsEnum)
        {
            return OneOf(Enum.GetNames(type));
        }

        var example = byDefault is null ? "" : FormattableString.Invariant($", for example {byDefault}");
        return type switch
        {
            _ when type == typeof(bool) => "true or false",
            _ when type == typeof(TimeSpan) => $"a time as [days.]hours:minutes:seconds{example}",
            _ when type == typeof(int) => $"a whole number{example}",
            _ when type == typeof(double) => $"a number{example}",
            _ when type == typeof(Uri) => $"an address{example}",
            _ => "one text",
        };
    }

    private static string Names(Type type) => OneOf([.. Settings(type).Select(property => property.Name)], "and");

    private static string OneOf(string[] names, string word = "or") =>
        names is [.. { Length: > 0 } first, var last] ? $"{string.Join(", ", first)} {word} {last}" : names[0];
}
