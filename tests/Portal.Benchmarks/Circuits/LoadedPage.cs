using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Portal.Benchmarks.Circuits;

/// <summary>What the client script takes out of a page before it opens a circuit: the markers of what is interactive, and the state that goes with them.</summary>
/// <param name="Operations">The markers, as <c>UpdateRootComponents</c> takes them.</param>
/// <param name="State">Protected by the server; empty without one.</param>
internal sealed partial record LoadedPage(string Operations, string State)
{
    public static LoadedPage Read(string html)
    {
        var operations = new JsonArray();
        foreach (var text in Marker().Matches(html).Select(comment => comment.Groups["json"].Value))
        {
            // The end of what was drawn for a marker is a comment of its own, with the id alone.
            if (JsonNode.Parse(text) is JsonObject marker && marker["type"]?.GetValue<string>() is "server")
            {
                operations.Add(new JsonObject { ["type"] = "add", ["ssrComponentId"] = operations.Count + 1, ["marker"] = marker });
            }
        }

        if (operations.Count == 0)
        {
            throw new FormatException($"Nothing on the page is interactive: {html[..Math.Min(html.Length, 200)]}");
        }

        return new LoadedPage(
            new JsonObject { ["batchId"] = 1, ["operations"] = operations }.ToJsonString(JsonSerializerOptions.Web),
            ServerState().Match(html).Groups["state"].Value);
    }

    [GeneratedRegex("<!--Blazor:(?<json>\\{.*?\\})-->", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Marker();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(?<state>.*?)-->", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex ServerState();
}
