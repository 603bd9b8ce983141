using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Portal.Operations;
using Portal.Tests.Conventions;

namespace Portal.Tests.Configuration;

/// <summary>What the comments of the options classes say, out of the file that the compiler writes of them.</summary>
internal static partial class SettingDocs
{
    private static readonly Dictionary<string, XElement> Members = XDocument.Load(Path.ChangeExtension(Code.Portal.Location, ".xml"))
        .Descendants("member")
        .ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal);

    public static string Summary(Type type) => Text(Members.GetValueOrDefault($"T:{type.FullName}")?.Element("summary"));

    /// <summary>That of the property; of a section without one, that of its class.</summary>
    public static string Summary(PropertyInfo property) =>
        Text(Of(property)?.Element("summary")) is { Length: > 0 } own ? own : Summary(SettingFaults.ItemOf(property.PropertyType) ?? property.PropertyType);

    public static string? Example(PropertyInfo property) => Of(property)?.Element("example")?.Value;

    private static XElement? Of(PropertyInfo property) => Members.GetValueOrDefault($"P:{property.DeclaringType!.FullName}.{property.Name}");

    private static string Text(XElement? words) =>
        words is null ? "" : Space().Replace(string.Concat(words.Nodes().Select(Text)), " ").Trim();

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" } see when see.Attribute("cref") is { } name => $"`{name.Value.Split('.')[^1]}`",
        XElement { Name.LocalName: "see" } see => see.Attribute("href")!.Value,
        XElement other => other.Value,
        _ => "",
    };

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Space();
}
