using System.Text;
using System.Text.RegularExpressions;

namespace Portal.Tests.Conventions;

/// <summary>The files that people write, found from the top of the repository.</summary>
internal static partial class Repository
{
    private static readonly string[] NotWritten = [".git", "artifacts", "bin", "obj", "_framework", "node_modules", ".vs", ".idea"];
    private static readonly string[] NotText = [".png", ".ico", ".db", ".db-shm", ".db-wal"];

    public static string Top { get; } = FindTop();

    /// <summary>Every file of text.</summary>
    public static IReadOnlyList<SourceFile> Files { get; } = [.. Enumerate(Top).Order(StringComparer.Ordinal).Select(path => new SourceFile(path))];

    /// <summary>What the compiler reads of our own: C# and Razor, without what a tool wrote.</summary>
    public static IEnumerable<SourceFile> Code(params string[] folders) => Files.Where(file =>
        file.IsCode
        && !file.Path.Contains("/Storage/Migrations/", StringComparison.Ordinal)
        && (folders.Length == 0 || folders.Any(folder => file.Path.StartsWith(folder + "/", StringComparison.Ordinal))));

    private static string FindTop()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Portal.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds Portal.sln.");
        }

        return folder.FullName;
    }

    private static IEnumerable<string> Enumerate(string folder) =>
    [
        .. Directory.EnumerateFiles(folder).Where(file => !NotText.Contains(Path.GetExtension(file), StringComparer.Ordinal)),
        .. Directory.EnumerateDirectories(folder)
            .Where(inner => !NotWritten.Contains(Path.GetFileName(inner), StringComparer.Ordinal))
            .SelectMany(Enumerate),
    ];

    /// <summary>C# without comments and without what stands in strings, line by line, so that a rule is not broken by a word about it.</summary>
    public static string WithoutWords(string code)
    {
        var bare = new StringBuilder(code.Length);
        var end = 0;
        foreach (Match words in Words().Matches(code))
        {
            bare.Append(code, end, words.Index - end).Append('\n', words.Value.Count(letter => letter is '\n'));
            bare.Append(words.Value[0] is '/' or '@' ? "" : "\"\"");
            end = words.Index + words.Length;
        }

        return bare.Append(code, end, code.Length - end).ToString();
    }

    // Comments of C# and Razor, raw strings, strings, characters. What is interpolated into a string goes with it.
    [GeneratedRegex("""//[^\n]*|/\*.*?\*/|@\*.*?\*@|"{3,}.*?"{3,}|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])'""", RegexOptions.Singleline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Words();
}

internal sealed record SourceFile(string FullPath)
{
    private readonly Lazy<string> _text = new(() => File.ReadAllText(FullPath));

    /// <summary>From the top of the repository, with slashes.</summary>
    public string Path { get; } = System.IO.Path.GetRelativePath(Repository.Top, FullPath).Replace('\\', '/');

    public string Name => System.IO.Path.GetFileName(FullPath);

    public string Text => _text.Value;

    public string[] Lines => Text.TrimEnd('\n').Split('\n');

    public bool IsCode => Name.EndsWith(".cs", StringComparison.Ordinal) || IsRazor;

    public bool IsRazor => Name.EndsWith(".razor", StringComparison.Ordinal);

    public override string ToString() => Path;

    /// <summary>Each place where the pattern matches, as file:line: text.</summary>
    public IEnumerable<string> Places(Regex pattern, bool withoutWords = true)
    {
        var lines = (withoutWords ? Repository.WithoutWords(Text) : Text).Split('\n');
        return lines.Index().Where(line => pattern.IsMatch(line.Item)).Select(line => $"{Path}:{line.Index + 1}: {line.Item.Trim()}");
    }
}
