using System.Text.RegularExpressions;

namespace Portal.Tests.Conventions;

/// <summary>Rules of the files: length, style sheets, markup, and what no file may name.</summary>
public sealed partial class FileTests
{
    private const int LongestMarkup = 120;
    private const int LongestCodeBehind = 250;
    private const int LongestFile = 400;

    [Fact]
    public void Markup_is_short() => LongerThan(LongestMarkup, file => file.IsRazor).ShouldBeEmpty();

    [Fact]
    public void The_code_behind_markup_is_short() =>
        LongerThan(LongestCodeBehind, file => file.Name.EndsWith(".razor.cs", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void No_file_of_code_is_long() => LongerThan(LongestFile, _ => true).ShouldBeEmpty();

    [Fact]
    public void Colours_are_written_in_one_file_only()
    {
        var tokens = Repository.Files.Where(file => file.Path == "wwwroot/css/tokens.css").ToList();
        tokens.SelectMany(file => file.Places(Colour(), withoutWords: false)).ShouldNotBeEmpty();

        Repository.Files
            .Where(file => IsStyle(file) || (file.IsCode && file.Path.StartsWith("src/Portal/", StringComparison.Ordinal)))
            .Where(file => file.Path.StartsWith("wwwroot/", StringComparison.Ordinal) || file.Path.StartsWith("src/Portal/", StringComparison.Ordinal))
            .Except(tokens)
            .SelectMany(file => file.Places(Colour(), withoutWords: false))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Markup_carries_neither_style_nor_script() =>
        Repository.Code("src/Portal").Where(file => file.IsRazor)
            .SelectMany(file => file.Places(InlineAttribute(), withoutWords: false))
            .ShouldBeEmpty();

    /// <summary>Navigation puts the focus on the heading. One that is drawn anew when the page has loaded would lose it, unless it takes it.</summary>
    [Fact]
    public void A_page_has_one_heading_or_its_headings_take_the_focus() =>
        Repository.Code("src/Portal").Where(file => file.IsRazor)
            .Select(file => (file.Path, Headings: HeadingTag().Matches(file.Text)))
            .Where(page => page.Headings.Count > 1 && page.Headings.Any(heading => !heading.Value.Contains("TakesFocus", StringComparison.Ordinal)))
            .Select(page => page.Path)
            .ShouldBeEmpty();

    [Fact]
    public void Every_file_that_is_served_is_used()
    {
        var users = Repository.Files
            .Where(file => file.IsCode || file.Path.StartsWith("wwwroot/", StringComparison.Ordinal) || file.Path == "eng/StyleSheet.targets")
            .Where(file => !file.Path.StartsWith("tests/", StringComparison.Ordinal))
            .ToList();

        Repository.Files.Where(file => file.Path.StartsWith("wwwroot/", StringComparison.Ordinal))
            .Where(served => !users.Any(user => user != served && user.Text.Contains(served.Path["wwwroot/".Length..].Split('/')[^1], StringComparison.Ordinal)))
            .Select(file => file.Path)
            .ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_lies_here_that_is_neither_text_nor_a_picture() =>
        Repository.Files.Where(file => file.Text.Contains('\0', StringComparison.Ordinal)).Select(file => file.Path).ShouldBeEmpty();

    [Fact]
    public void No_file_names_where_packages_come_from() =>
        Repository.Files.SelectMany(file => file.Places(PackageHost(), withoutWords: false)).ShouldBeEmpty();

    [Fact]
    public void No_file_names_a_place_on_one_machine() =>
        Repository.Files.SelectMany(file => file.Places(Machine(), withoutWords: false)).ShouldBeEmpty();

    private static IEnumerable<string> LongerThan(int lines, Func<SourceFile, bool> which) =>
        Repository.Code().Where(which).Where(file => file.Lines.Length > lines).Select(file => $"{file.Path}: {file.Lines.Length} lines");

    private static bool IsStyle(SourceFile file) => file.Name.EndsWith(".css", StringComparison.Ordinal);

    // As a value (after a colon, a comma, a space or a bracket), neither an id in a selector nor a character reference.
    [GeneratedRegex(@"(?<=[:,\s(""'])#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})(?=[;,\s)""'}])|\b(?:rgba?|hsla?|oklch|oklab)\(", RegexOptions.None, 10_000)]
    private static partial Regex Colour();

    [GeneratedRegex(@"(?<=\s)(?:style|on[a-z]+)\s*=", RegexOptions.None, 10_000)]
    private static partial Regex InlineAttribute();

    [GeneratedRegex("<PageHeading\\b[^\n]*", RegexOptions.None, 10_000)]
    private static partial Regex HeadingTag();

    [GeneratedRegex(@"https?://[^\s""'<>/]*(?:nuget|npmjs|artifactory|nexus|proget|pkgs\.|registry)", RegexOptions.IgnoreCase, 10_000)]
    private static partial Regex PackageHost();

    [GeneratedRegex(@"(?<![\w.~$}/-])/(?:work|home|Users)/\w|\b[A-Z]:\\Users\b", RegexOptions.None, 10_000)]
    private static partial Regex Machine();
}
