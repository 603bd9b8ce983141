using System.Text;
using Portal.Connections;
using Portal.Connections.Formats;
using Portal.Tests.Conventions;

namespace Portal.Tests.Connections;

/// <summary>One way in which a text can be asked for.</summary>
internal sealed record TextCase(string Use, string Mode, string Prepared, string Tls, string Network)
{
    public static readonly string[] Uses = ["pool", "direct"];
    public static readonly string[] Modes = ["transaction", "session", "statement"];
    public static readonly string[] Prepareds = ["unknown", "off", "tracked"];
    public static readonly string[] Ways = ["encrypted", "verified"];
    public static readonly string[] Networks = ["public", "private"];

    public static IEnumerable<TextCase> All =>
        from use in Uses
        from mode in Modes
        from prepared in Prepareds
        from tls in Ways
        from network in Networks
        select new TextCase(use, mode, prepared, tls, network);

    public string Host => Network == "private" ? SomeConnection.PrivateHost : SomeConnection.PublicHost;

    public ConnectionDetails Details(PasswordText password) => SomeConnection.Details(
        password,
        Mode,
        Enum.Parse<Network>(Network, ignoreCase: true),
        Tls == "verified",
        use: Enum.Parse<ConnectionUse>(Use, ignoreCase: true),
        prepared: Enum.Parse<PreparedStatements>(Prepared, ignoreCase: true));

    public override string ToString() => $"{Use}, {Mode}, {Prepared}, {Tls}, {Network}";
}

/// <summary>
/// What a format writes, word for word: <c>Expected/ID.txt</c>. A line that begins with <c>---</c> says for which cases the text below it is;
/// of what it does not mention (mode, test of prepared statements, TLS) each is meant. <c>{host}</c> is the host of the case's network.
/// </summary>
internal sealed class ExpectedTexts
{
    private const string Mark = "--- ";

    private readonly List<(string[] Words, string Text)> _sections = [];

    private ExpectedTexts()
    {
    }

    public static string PathOf(string format) => Path.Combine(Repository.Top, "tests/Portal.Tests/Connections/Expected", $"{format}.txt");

    /// <summary>Null when nobody has written it yet.</summary>
    public static ExpectedTexts? Find(string format)
    {
        if (!File.Exists(PathOf(format)))
        {
            return null;
        }

        var found = new ExpectedTexts();
        foreach (var section in File.ReadAllText(PathOf(format)).ReplaceLineEndings("\n").Split($"\n{Mark}"))
        {
            var parts = section.Split('\n', 2);
            found._sections.Add((parts[0].Replace(Mark, "", StringComparison.Ordinal).Split([' ', ','], StringSplitOptions.RemoveEmptyEntries), parts[1].TrimEnd('\n')));
        }

        return found;
    }

    /// <summary>What the case's text should be; null when no section is for it.</summary>
    public string? Of(TextCase one) => _sections.FirstOrDefault(section => IsFor(section.Words, one)).Text?.Replace("{host}", one.Host, StringComparison.Ordinal);

    /// <summary>The lines that are for no case, because another is first or a word is wrong.</summary>
    public IEnumerable<string> Unused() => _sections
        .Where(section => !TextCase.All.Any(one => _sections.First(other => IsFor(other.Words, one) || other == section) == section && IsFor(section.Words, one)))
        .Select(section => string.Join(' ', section.Words));

    /// <summary>A file for what the format writes now, for somebody to read.</summary>
    public static string Suggest(IConnectionFormat format)
    {
        var file = new StringBuilder();
        foreach (var use in TextCase.Uses)
        {
            var cases = TextCase.All.Where(one => one.Use == use).ToList();
            foreach (var same in cases.GroupBy(one => Text(format, one), StringComparer.Ordinal))
            {
                // Together where they are all that the words say, one mode after the other where they are not.
                IEnumerable<IReadOnlyList<TextCase>> groups = IsWhole([.. same]) ? [[.. same]] : same.GroupBy(one => one.Mode).Select(mode => mode.ToList());
                foreach (var group in groups)
                {
                    file.Append(Mark).AppendJoin(", ", Words(use, group)).Append('\n').Append(same.Key).Append("\n\n");
                }
            }
        }

        return file.ToString();
    }

    private static string Text(IConnectionFormat format, TextCase one) =>
        format.Write(one.Details(PasswordText.Placeholder)).Replace(one.Host, "{host}", StringComparison.Ordinal);

    private static bool IsWhole(IReadOnlyList<TextCase> cases) =>
        cases.Select(one => one.Mode).Distinct().Count() * cases.Select(one => one.Prepared).Distinct().Count()
        * cases.Select(one => one.Tls).Distinct().Count() * TextCase.Networks.Length == cases.Count;

    private static IEnumerable<string> Words(string use, IReadOnlyList<TextCase> cases) =>
    [
        use,
        .. Some(cases.Select(one => one.Mode), TextCase.Modes),
        .. Some(cases.Select(one => one.Prepared), TextCase.Prepareds),
        .. Some(cases.Select(one => one.Tls), TextCase.Ways),
    ];

    private static IEnumerable<string> Some(IEnumerable<string> values, string[] all)
    {
        string[] some = [.. values.Distinct()];
        return some.Length == all.Length ? [] : [string.Join(' ', some)];
    }

    private static bool IsFor(string[] words, TextCase one) =>
        words.Contains(one.Use, StringComparer.Ordinal)
        && words.All(word => TextCase.Uses.Concat(TextCase.Modes).Concat(TextCase.Prepareds).Concat(TextCase.Ways).Contains(word, StringComparer.Ordinal))
        && Names(words, TextCase.Modes, one.Mode)
        && Names(words, TextCase.Prepareds, one.Prepared)
        && Names(words, TextCase.Ways, one.Tls);

    private static bool Names(string[] words, string[] all, string value) =>
        !words.Intersect(all, StringComparer.Ordinal).Any() || words.Contains(value, StringComparer.Ordinal);
}
