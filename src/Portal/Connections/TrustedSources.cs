using System.Globalization;
using Portal.DigitalOcean;

namespace Portal.Connections;

/// <summary>A cluster's trusted sources in words.</summary>
/// <seealso href="https://docs.digitalocean.com/products/databases/postgresql/how-to/secure/"/>
internal static class TrustedSources
{
    /// <summary>There are none.</summary>
    public const string Open = "Open to the whole internet.";

    private const int MostNamed = 5;

    /// <summary>The same for somebody inside the private network, to whom the internet is somebody else.</summary>
    public static string SeenFromInside(string words) => words == Open ? "There are no trusted sources, so the public address is open to the whole internet." : words;

    public static string Words(IReadOnlyList<FirewallRule> rules)
    {
        if (rules.Count == 0)
        {
            return Open;
        }

        var others = rules.Count(rule => rule.Type is not ("droplet" or "k8s" or "app" or "tag" or "ip_addr"));
        string[] parts =
        [
            .. Counted(rules, "droplet", "1 Droplet", "Droplets"),
            .. Named(rules, "tag", tag => $"Droplets tagged {tag}", "more tags"),
            .. Counted(rules, "k8s", "1 Kubernetes cluster", "Kubernetes clusters"),
            .. Counted(rules, "app", "1 app of App Platform", "apps of App Platform"),
            .. Named(rules, "ip_addr", address => address, "more addresses"),
            .. Some(others, "1 other source", "other sources"),
        ];
        return $"Accepts {string.Join(", ", parts)}; from anywhere else the connection times out.";
    }

    private static IEnumerable<string> Counted(IReadOnlyList<FirewallRule> rules, string type, string one, string many) =>
        Some(rules.Count(rule => rule.Type == type), one, many);

    private static IEnumerable<string> Some(int count, string one, string many) => count switch
    {
        0 => [],
        1 => [one],
        _ => [string.Create(CultureInfo.InvariantCulture, $"{count} {many}")],
    };

    private static IEnumerable<string> Named(IReadOnlyList<FirewallRule> rules, string type, Func<string, string> name, string more)
    {
        var values = rules.Where(rule => rule.Type == type).Select(rule => name(rule.Value));
        var rest = rules.Count(rule => rule.Type == type) - MostNamed;
        return rest <= 0 ? values : values.Take(MostNamed).Append(string.Create(CultureInfo.InvariantCulture, $"{rest} {more}"));
    }
}
