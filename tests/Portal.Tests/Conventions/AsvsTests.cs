using System.Globalization;
using System.Text.RegularExpressions;

namespace Portal.Tests.Conventions;

/// <summary>docs/asvs.md says of each item how it is kept and what proves it; what it names has to be there.</summary>
public sealed partial class AsvsTests
{
    /// <summary>What OWASP ASVS 5.0.0 asks of an application like this one.</summary>
    private static readonly string[] Items =
    [
        "2.2.1", "2.2.2", "2.2.3", "2.3.1", "2.3.2", "2.3.3", "2.3.4", "2.3.5", "2.4.1",
        "3.2.1", "3.2.2", "3.3.1", "3.3.2", "3.3.3", "3.3.4", "3.3.5", "3.4.1", "3.4.2", "3.4.3", "3.4.4", "3.4.5", "3.4.6", "3.4.7", "3.4.8",
        "3.5.1", "3.5.2", "3.5.3", "3.5.4", "3.5.8", "3.6.1", "3.7.2",
        "4.1.1", "4.1.2", "4.1.3", "4.1.4", "4.4.1", "4.4.2", "4.4.4",
        "6.3.3", "6.3.4", "6.8.1", "6.8.2", "6.8.4",
        "7.1.1", "7.1.2", "7.1.3", "7.2.1", "7.2.2", "7.2.3", "7.2.4", "7.3.1", "7.3.2", "7.4.1", "7.4.2", "7.4.4", "7.4.5", "7.5.2", "7.5.3", "7.6.1", "7.6.2",
        "8.1.1", "8.1.2", "8.2.1", "8.2.2", "8.2.3", "8.3.1", "8.3.2", "8.4.2",
        "9.1.1", "9.1.2", "9.1.3", "9.2.1", "9.2.2", "9.2.3", "9.2.4",
        "10.1.1", "10.1.2", "10.2.1", "10.2.2", "10.2.3", "10.5.1", "10.5.2", "10.5.3", "10.5.4", "10.5.5",
        "11.2.1", "11.2.2", "11.2.3", "11.3.1", "11.3.2", "11.3.3", "11.3.4", "11.3.5", "11.4.1", "11.4.3", "11.5.1",
        "12.1.1", "12.2.1", "12.3.1", "12.3.2", "12.3.3", "12.3.4",
        "13.1.1", "13.1.2", "13.1.3", "13.2.1", "13.2.2", "13.2.3", "13.2.4", "13.2.5", "13.2.6", "13.3.1", "13.3.2", "13.3.4",
        "13.4.1", "13.4.2", "13.4.3", "13.4.4", "13.4.5", "13.4.6",
        "14.1.1", "14.1.2", "14.2.1", "14.2.2", "14.2.3", "14.2.4", "14.2.6", "14.3.1", "14.3.2", "14.3.3",
        "15.1.2", "15.1.3", "15.2.2", "15.3.1", "15.3.2", "15.3.3", "15.4.1", "15.4.2",
        "16.1.1", "16.2.1", "16.2.2", "16.2.3", "16.2.4", "16.2.5", "16.3.1", "16.3.2", "16.3.3", "16.3.4", "16.4.1", "16.4.2", "16.4.3", "16.5.1", "16.5.2", "16.5.3", "16.5.4",
    ];

    private static readonly IReadOnlyList<Row> Rows = [.. Read(Repository.Files.Single(file => file.Path == "docs/asvs.md"))];

    private static readonly ILookup<string, SourceFile> Classes =
        Repository.Code("tests").ToLookup(file => Path.GetFileNameWithoutExtension(file.Name), StringComparer.Ordinal);

    [Fact]
    public void Every_item_has_one_row_and_there_is_no_other() => Rows.Select(row => row.Item).ShouldBe(Items);

    [Fact]
    public void Every_row_has_a_proof_or_says_plainly_what_is_not_kept() =>
        Rows.Where(row => row.Asks.Length == 0 || row.How.Length == 0 || (row.Standing is Standing.Kept ? !row.Tests.Concat(row.Pages).Any() : row.Reason.Length < 20))
            .Select(row => row.Item)
            .ShouldBeEmpty();

    [Fact]
    public void Every_proof_is_a_test_that_exists()
    {
        Rows.Count(row => row.Tests.Count > 0).ShouldBeGreaterThan(100);

        Rows.SelectMany(row => row.Tests.Where(test => !Exists(test)).Select(test => $"{row.Item}: {test}")).ShouldBeEmpty();
    }

    [Fact]
    public void Every_page_that_is_a_proof_has_that_heading() =>
        Rows.SelectMany(row => row.Pages.Where(page => !IsHeading(page)).Select(page => $"{row.Item}: {page}")).ShouldBeEmpty();

    [Fact]
    public void The_sums_are_those_of_the_rows()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Top, "docs/asvs.md"));
        var sums = Enum.GetValues<Standing>().Select(standing => Rows.Count(row => row.Standing == standing)).ToList();

        page.ShouldContain(string.Create(CultureInfo.InvariantCulture, $"{Items.Length} items: {sums[0]} kept, {sums[1]} in part, {sums[2]} not kept, {sums[3]} that do not apply."));
    }

    private static IEnumerable<Row> Read(SourceFile page) => TableRow().Matches(page.Text).Select(row => new Row(
        row.Groups["item"].Value,
        row.Groups["asks"].Value.Trim(),
        row.Groups["how"].Value.Trim(),
        row.Groups["proof"].Value.Trim()));

    // The attributes are on the lines right above the method.
    private static bool Exists(string test)
    {
        var (name, method) = test.Split('.') is [var left, var right] ? (left, right) : ("", "");
        return Classes[name].Any(file => Regex.IsMatch(file.Text, $@"\[(?:Fact|Theory)\b(?:[^\n]+\n)+?[^\n]*\bpublic (?:async Task|Task|void) {method}\(", RegexOptions.None, TimeSpan.FromSeconds(10)));
    }

    private static bool IsHeading(string page)
    {
        var (name, anchor) = page.Split('#') is [var left, var right] ? (left, right) : (page, null);
        var path = Path.Combine(Repository.Top, "docs", name);
        return File.Exists(path) && (anchor is null || Heading().Matches(File.ReadAllText(path)).Any(heading => Anchor(heading.Groups["words"].Value) == anchor));
    }

    // As GitHub makes them.
    private static string Anchor(string words) => NotInAnchor().Replace(words.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    private enum Standing
    {
        Kept,
        InPart,
        NotKept,
        DoesNotApply,
    }

    private sealed record Row(string Item, string Asks, string How, string Proof)
    {
        public Standing Standing =>
            Proof.StartsWith("**In part**:", StringComparison.Ordinal) ? Standing.InPart
            : Proof.StartsWith("**Not kept**:", StringComparison.Ordinal) ? Standing.NotKept
            : Proof.StartsWith("**Does not apply**:", StringComparison.Ordinal) ? Standing.DoesNotApply
            : Standing.Kept;

        public IReadOnlyList<string> Tests => [.. Quoted().Matches(Proof).Select(test => test.Groups["test"].Value)];

        public IReadOnlyList<string> Pages => [.. Link().Matches(Proof).Select(page => page.Groups["page"].Value)];

        public string Reason => Quoted().Replace(Link().Replace(Proof.Split("**: ", 2)[^1], ""), "").Trim(' ', ',', ';', '.');
    }

    [GeneratedRegex(@"^\| (?<item>\d+\.\d+\.\d+)(?: L3)? \|(?<asks>[^|\n]*)\|(?<how>[^|\n]*)\|(?<proof>[^|\n]*)\|$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 10_000)]
    private static partial Regex TableRow();

    [GeneratedRegex(@"`(?<test>[A-Za-z]+Tests\.\w+)`", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\[[^\]]+\]\((?<page>[^)]+\.md[^)]*)\)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (?<words>.+)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 10_000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]", RegexOptions.None, 10_000)]
    private static partial Regex NotInAnchor();
}
