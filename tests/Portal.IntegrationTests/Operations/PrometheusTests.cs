namespace Portal.IntegrationTests.Operations;

/// <summary>The rules for Prometheus, read and worked out by its own tool, where that is on the machine.</summary>
public sealed class PrometheusTests
{
    private static readonly string Folder = Path.Combine(Repository.Top, "deploy/prometheus");

    [Theory]
    [InlineData("check", "alerts.yml")]
    [InlineData("test", "alerts.test.yml")]
    public async Task Promtool_reads_the_rules_and_each_speaks_when_it_should(string command, string file)
    {
        var (code, words) = await Promtool.RunAsync(Folder, [command, "rules", file]);

        code.ShouldBe(0, words);
    }

    /// <summary>Holds where promtool is not: no rule is without one that says when it speaks.</summary>
    [Fact]
    public void Every_alert_has_a_case_in_which_it_speaks_and_one_in_which_it_does_not()
    {
        var rules = Named(File.ReadAllText(Path.Combine(Folder, "alerts.yml")), "- alert: ");
        var cases = File.ReadAllText(Path.Combine(Folder, "alerts.test.yml"));
        rules.Count.ShouldBeGreaterThan(10);

        foreach (var rule in rules)
        {
            cases.ShouldContain($"alertname: {rule}\n        exp_alerts:\n", customMessage: rule);
            cases.ShouldContain($"alertname: {rule}, exp_alerts: []", customMessage: rule);
        }
    }

    private static List<string> Named(string text, string before) =>
        [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith(before, StringComparison.Ordinal)).Select(line => line[before.Length..])];
}
