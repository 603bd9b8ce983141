using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SharpYaml;

namespace Portal.Tests.Conventions;

/// <summary>The files that bring the portal to work: the image, compose, Kubernetes, nginx.</summary>
internal static partial class Deployment
{
    public static readonly string[] ComposeFiles = ["docker-compose.yml", "docker-compose.override.yml", "deploy/compose/production.yml"];

    /// <summary>Each YAML file of ours, read.</summary>
    public static IReadOnlyDictionary<string, JsonNode> Yaml { get; } = Repository.Files
        .Where(file => file.Path.StartsWith("docker-compose", StringComparison.Ordinal) || file.Path.StartsWith("deploy/", StringComparison.Ordinal))
        .Where(file => Path.GetExtension(file.Name) is ".yml" or ".yaml")
        .ToDictionary(file => file.Path, file => Read(file.Text), StringComparer.Ordinal);

    public static string Dockerfile { get; } = TextOf("Dockerfile");

    public static string TextOf(string path) => File.ReadAllText(Path.Combine(Repository.Top, path));

    public static JsonNode Read(string yaml) => JsonSerializer.SerializeToNode(YamlSerializer.Deserialize<object>(yaml))!;

    /// <summary>The pod of deploy/kubernetes/base/deployment.yaml.</summary>
    public static JsonNode Pod => Yaml["deploy/kubernetes/base/deployment.yaml"]["spec"]!["template"]!["spec"]!;

    public static JsonNode Container => Pod["containers"]!.AsArray().ShouldHaveSingleItem()!;

    /// <summary>What is set in the environment of the portal, and in which file.</summary>
    public static IReadOnlyList<Variable> Variables { get; } =
    [
        .. from file in ComposeFiles
           from variable in Yaml[file]["services"]?["portal"]?["environment"]?.AsObject() ?? []
           select new Variable(file, variable.Key, variable.Value?.ToString() ?? ""),
        .. from file in Repository.Files
           where file.Path.StartsWith("deploy/kubernetes/", StringComparison.Ordinal) && file.Name.EndsWith(".env", StringComparison.Ordinal)
           from line in Assignment().Matches(file.Text)
           select new Variable(file.Path, line.Groups["name"].Value, line.Groups["value"].Value),
        .. from line in Environment().Matches(Dockerfile.Split("AS portal")[1].Split("\nFROM ")[0])
           select new Variable("Dockerfile", line.Groups["name"].Value, line.Groups["value"].Value),
    ];

    /// <summary>Every scalar of a file with the keys that lead to it.</summary>
    public static IEnumerable<(string Path, string Value)> Scalars(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(pair => Scalars(pair.Value)),
        JsonArray list => list.SelectMany(Scalars),
        null => [],
        _ => [(node.GetPath(), node.ToString())],
    };

    [GeneratedRegex(@"^(?<name>[A-Za-z_]\w*)=(?<value>.*)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 10_000)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"^(?:ENV |    )(?<name>[A-Z]\w*)=""?(?<value>[^""\n\\]*)", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 10_000)]
    private static partial Regex Environment();
}

internal sealed record Variable(string File, string Name, string Value)
{
    /// <summary>As the settings have it: <c>A:B</c>.</summary>
    public string Setting => Name.Replace("__", ":", StringComparison.Ordinal);
}
