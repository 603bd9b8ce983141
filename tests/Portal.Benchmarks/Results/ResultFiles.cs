using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Portal.Benchmarks.Results;

/// <summary>What is kept of a run: everything as JSON, and for people a page.</summary>
internal static class ResultFiles
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static async Task WriteJsonAsync(string path, Machine machine, IReadOnlyList<Outcome> outcomes, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, JsonSerializer.Serialize(new { machine, outcomes }, Json) + "\n", cancellationToken);
    }

    public static Task WritePageAsync(string path, Machine machine, IReadOnlyList<Outcome> outcomes, CancellationToken cancellationToken) => File.WriteAllTextAsync(
        path,
        string.Join('\n',
        [
            "# Benchmarks",
            "",
            "`./bench.sh --write` measures and writes this page; [CONTRIBUTING.md](../CONTRIBUTING.md#measure) says how it measures.",
            "A ratio is the portal's figure divided by the yardstick's, which was measured in turns with it. The template is `dotnet new blazor --interactivity Server --all-interactive`, unchanged but for where its client script comes from.",
            "",
            .. machine.Lines.Select(line => $"- {line}"),
            "",
            .. Table.Markdown(outcomes),
            "",
        ]),
        cancellationToken);
}
