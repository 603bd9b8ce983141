using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Portal.Operations;

namespace Portal.Tests.Configuration;

/// <summary>One setting, or a section of settings, as the code has it.</summary>
/// <param name="Key">From the top, with colons; <c>N</c> stands for a place in a list.</param>
/// <param name="Inner">What a section, or the items of a list of sections, hold; empty for one value.</param>
internal sealed record Setting(string Key, PropertyInfo? Property, Type Type, object? Default, IReadOnlyList<Setting> Inner)
{
    public string Name => Key.Split(':')[^1];

    /// <summary>The type of one value, without the question mark.</summary>
    public Type Kind => Nullable.GetUnderlyingType(Type) ?? Type;

    public bool IsList => SettingFaults.ItemOf(Type) is not null;

    public bool IsSection => SettingFaults.IsSection(Type);

    public RangeAttribute? Range => Property?.GetCustomAttribute<RangeAttribute>();

    public string? DefaultText => Default is null or "" || IsList ? null : TextOf(Default);

    public string Meaning => Property is null ? SettingDocs.Summary(Type) : SettingDocs.Summary(Property);

    public string? Example => Property is null ? null : SettingDocs.Example(Property);

    /// <summary>Itself and what it holds.</summary>
    public IEnumerable<Setting> All => Inner.SelectMany(setting => setting.All).Prepend(this);

    public static Setting Of(string key, Type type, object? byDefault, PropertyInfo? property = null)
    {
        var item = SettingFaults.ItemOf(type);
        var section = item ?? type;
        if (!SettingFaults.IsSection(section))
        {
            return new Setting(key, property, type, byDefault, []);
        }

        var within = item is null ? key : $"{key}:N";
        var defaults = item is null && byDefault is not null ? byDefault : Activator.CreateInstance(section)!;
        return new Setting(key, property, type, byDefault, [.. SettingFaults.Settings(section).Select(inner =>
            Of($"{within}:{inner.Name}", inner.PropertyType, inner.GetValue(defaults), inner))]);
    }

    public static string TextOf(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
