using System.Text.RegularExpressions;

namespace Portal.Tests.Conventions;

/// <summary>What eng/StyleSheet.targets makes of the component library's style sheet and of ours.</summary>
public sealed partial class StyleSheetTests
{
    private static readonly string Sheet = File.ReadAllText(Path.Combine(Repository.Top, "wwwroot", "_framework", "portal.css"));

    [Fact]
    public void Every_component_of_the_library_that_a_page_uses_has_its_rules()
    {
        var used = Repository.Files.Where(file => file.IsRazor)
            .SelectMany(file => Component().Matches(file.Text).Select(match => match.Groups["name"].Value.ToLowerInvariant()))
            .Distinct()
            .ToList();

        used.ShouldNotBeEmpty();
        used.ShouldAllBe(name => Sheet.Contains($".rz-{name}{{", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_else_comes_with_them()
    {
        Sheet.ShouldNotContain("@font-face");
        Sheet.ShouldNotContain("../fonts");
        Sheet.ShouldNotContain(".rz-dropdown");
        Sheet.Length.ShouldBeLessThan(100_000);
    }

    [Fact]
    public void Every_style_sheet_of_ours_is_in_it()
    {
        var ours = Repository.Files.Where(file => file.Path.StartsWith("wwwroot/css/", StringComparison.Ordinal)).ToList();

        ours.Count.ShouldBeGreaterThan(5);
        ours.ShouldAllBe(file => Sheet.Contains(file.Lines.Last(line => line.TrimStart().StartsWith('.') || line.TrimStart().StartsWith("--", StringComparison.Ordinal)).Trim(), StringComparison.Ordinal));
    }

    [Fact]
    public void Every_variable_that_takes_our_colour_is_one_of_theirs()
    {
        var ours = Variable().Matches(Repository.Files.Single(file => file.Path == "wwwroot/css/tokens.css").Text).Select(match => match.Groups["name"].Value).ToList();

        ours.ShouldNotBeEmpty();
        ours.ShouldAllBe(name => Sheet.Contains($"var({name}", StringComparison.Ordinal));
    }

    [GeneratedRegex("<Radzen(?<name>[A-Z][A-Za-z]*)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Component();

    [GeneratedRegex("^ *(?<name>--rz-[a-z0-9-]+):", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 10_000)]
    private static partial Regex Variable();
}
