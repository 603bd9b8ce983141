using System.Text.Json.Nodes;
using Json.Schema;
using Portal.Access;
using Portal.Tests.Conventions;

namespace Portal.Tests.Configuration;

/// <summary>The table and the schema of all settings say what the code does. What they should be is in <c>artifacts/configuration</c> when they do not.</summary>
public sealed class ConfigurationTests
{
    private const string Page = "docs/configuration.md";
    private const string Schema = "appsettings.schema.json";

    internal static IReadOnlyList<Setting> Sections { get; } =
    [
        .. SettingsTests.All.Select(row => row.Data)
            .Select(options => Setting.Of(SettingsTests.SectionOf(options), options, Activator.CreateInstance(options)))
            .Append(Setting.Of(TeamsOptions.Section, typeof(List<TeamOptions>), null, typeof(TeamsOptions).GetProperty(nameof(TeamsOptions.Teams))))
            .OrderBy(section => section.Key, StringComparer.Ordinal),
    ];

    [Fact]
    public void The_page_is_that_of_the_code() => IsWritten(Page, SettingsPage.Write(Sections));

    [Fact]
    public void The_schema_is_that_of_the_code() => IsWritten(Schema, SettingsSchema.Write(Sections));

    [Fact]
    public void Every_setting_says_what_it_is_and_shows_a_value() =>
        Sections.SelectMany(section => section.All)
            .Where(setting => setting.Inner.Count == 0 && (setting.Meaning.Length == 0 || (setting.DefaultText ?? setting.Example) is null))
            .Select(setting => setting.Key)
            .ShouldBeEmpty();

    [Theory]
    [InlineData("appsettings.json")]
    [InlineData("appsettings.Sandbox.json")]
    public void A_file_that_ships_is_right_by_the_schema(string name)
    {
        Faults(File.ReadAllText(Path.Combine(Repository.Top, name))).ShouldBeEmpty();
        JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Top, name)))!["$schema"]!.GetValue<string>().ShouldBe($"./{Schema}");
    }

    [Theory]
    [InlineData("""{ "Changes": { "AtOnceSise": 5 } }""", "/Changes/AtOnceSise")]
    [InlineData("""{ "Changes": { "AtOnceSize": "five" } }""", "/Changes/AtOnceSize")]
    [InlineData("""{ "Changes": { "AtOnceSize": 998 } }""", "/Changes/AtOnceSize")]
    [InlineData("""{ "Changes": { "Mode": "Off" } }""", "/Changes/Mode")]
    [InlineData("""{ "Access": { "Idle": "15 minutes" } }""", "/Access/Idle")]
    [InlineData("""{ "Vault": { "HashiCorp": { "Adress": "x" } } }""", "/Vault/HashiCorp/Adress")]
    [InlineData("""{ "Teams": [ { "Name": "A", "Uses": [ { "Clusters": "x" } ] } ] }""", "/Teams/0/Uses/0/Clusters")]
    public void The_schema_refuses_what_the_start_refuses(string settings, string where) => Faults(settings).ShouldContain(where);

    [Fact]
    public void The_schema_leaves_the_sections_of_the_framework_alone() => Faults("""{ "Kestrel": { "Limits": { "MaxConcurrentConnections": 5 } } }""").ShouldBeEmpty();

    private static IEnumerable<string> Faults(string settings)
    {
        var schema = JsonSchema.FromText(File.ReadAllText(Path.Combine(Repository.Top, Schema)));
        var result = schema.Evaluate(JsonNode.Parse(settings), new EvaluationOptions { OutputFormat = OutputFormat.List });
        return result.Details.Where(detail => detail.HasErrors).Select(detail => detail.InstanceLocation.ToString());
    }

    private static void IsWritten(string path, string text)
    {
        var file = Path.Combine(Repository.Top, path);
        if (File.Exists(file) && File.ReadAllText(file) == text)
        {
            return;
        }

        var folder = Directory.CreateDirectory(Path.Combine(Repository.Top, "artifacts/configuration"));
        var written = Path.Combine(folder.FullName, Path.GetFileName(path));
        File.WriteAllText(written, text);
        Assert.Fail($"{path} is not what the code says. Look at artifacts/configuration/{Path.GetFileName(path)}, and copy it where it is right.");
    }
}
