using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Makes one style sheet of several. Of the component library's it takes what some components need: the rules each part of whose selector is
/// about one of them, in their media queries, and the variables that these rules use. Of our own it takes all but comments and indentation.
/// MSBuild compiles this file for itself, against netstandard2.0.
/// </summary>
public sealed class StyleSheet : Task
{
    private const string Root = ":root";

    private static readonly Regex Comment = new Regex(@"/\*.*?\*/", RegexOptions.Singleline);
    private static readonly Regex Indentation = new Regex(@"\s*\n\s*");
    private static readonly Regex InBrackets = new Regex(@"\([^()]*\)");
    private static readonly Regex BetweenSelectors = new Regex(@",(?![^()]*\))");
    private static readonly Regex BetweenParts = new Regex(@"\s*[>+~]\s*|\s+");
    private static readonly Regex Declaration = new Regex(@"(--[\w-]+)\s*:\s*([^;]+)");
    private static readonly Regex Use = new Regex(@"var\((--[\w-]+)");

    /// <summary>The library's style sheet.</summary>
    [Required]
    public string Library { get; set; } = "";

    /// <summary>Classes of components, without the point; what begins with one and a hyphen belongs to it.</summary>
    [Required]
    public string[] Classes { get; set; } = new string[0];

    /// <summary>Our own style sheets, in order.</summary>
    [Required]
    public string[] Own { get; set; } = new string[0];

    /// <summary>The style sheet to write.</summary>
    [Required]
    public string Destination { get; set; } = "";

    public override bool Execute()
    {
        var sheet = Comment.Replace(File.ReadAllText(Library), "");
        var rules = RulesOf(sheet);
        foreach (var name in Classes.Where(name => !rules.Contains("." + name)))
        {
            Log.LogError("{0} has no rule for .{1}.", Library, name);
        }

        var own = Own.Select(path => Indentation.Replace(Comment.Replace(File.ReadAllText(path), ""), "\n"));
        File.WriteAllText(Destination, VariablesOf(sheet, rules) + rules + string.Concat(own));
        return !Log.HasLoggedErrors;
    }

    private string RulesOf(string sheet)
    {
        var kept = new StringBuilder();
        foreach (var block in BlocksOf(sheet))
        {
            if (block.Key.StartsWith("@media", StringComparison.Ordinal) || block.Key.StartsWith("@supports", StringComparison.Ordinal))
            {
                var inner = RulesOf(block.Value);
                kept.Append(inner.Length == 0 ? "" : block.Key + "{\n" + inner + "}\n");
            }
            else if (!block.Key.StartsWith("@", StringComparison.Ordinal))
            {
                var selectors = BetweenSelectors.Split(block.Key).Where(IsUsed).ToArray();
                kept.Append(selectors.Length == 0 ? "" : string.Join(",", selectors) + "{" + block.Value + "}\n");
            }
        }

        return kept.ToString();
    }

    // What is within brackets, as in :not(.rz-state-disabled), does not say what a part is about.
    private bool IsUsed(string selector)
    {
        while (InBrackets.IsMatch(selector))
        {
            selector = InBrackets.Replace(selector, "");
        }

        return BetweenParts.Split(selector.Trim()).All(part => Classes.Any(name => Regex.IsMatch(part, @"\." + Regex.Escape(name) + @"(?![\w])")));
    }

    private static string VariablesOf(string sheet, string rules)
    {
        var values = BlocksOf(sheet)
            .Where(block => block.Key == Root)
            .SelectMany(block => Declaration.Matches(block.Value).Cast<Match>())
            .ToLookup(match => match.Groups[1].Value, match => match.Groups[2].Value.Trim());
        var used = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>(UsesOf(rules));
        while (open.Count > 0)
        {
            var name = open.Dequeue();
            if (values.Contains(name) && used.Add(name))
            {
                foreach (var other in values[name].SelectMany(UsesOf))
                {
                    open.Enqueue(other);
                }
            }
        }

        return Root + "{" + string.Join(";", used.OrderBy(name => name, StringComparer.Ordinal).Select(name => name + ":" + values[name].Last())) + "}\n";
    }

    private static IEnumerable<string> UsesOf(string text) => Use.Matches(text).Cast<Match>().Select(match => match.Groups[1].Value);

    /// <summary>What stands before each outer pair of braces, and what within.</summary>
    private static IEnumerable<KeyValuePair<string, string>> BlocksOf(string text)
    {
        var start = 0;
        while (true)
        {
            var open = text.IndexOf('{', start);
            if (open < 0)
            {
                yield break;
            }

            var close = CloseOf(text, open);
            // A statement without braces, as @import is one, ends before.
            yield return new KeyValuePair<string, string>(text.Substring(start, open - start).Split(';').Last().Trim(), text.Substring(open + 1, close - open - 1));
            start = close + 1;
        }
    }

    private static int CloseOf(string text, int open)
    {
        var depth = 0;
        var quote = '\0';
        for (var place = open; place < text.Length; place++)
        {
            var sign = text[place];
            if (quote != '\0')
            {
                quote = sign == quote ? '\0' : quote;
            }
            else if (sign == '"' || sign == '\'')
            {
                quote = sign;
            }
            else if (sign == '{')
            {
                depth++;
            }
            else if (sign == '}' && --depth == 0)
            {
                return place;
            }
        }

        throw new InvalidDataException("A brace is not closed.");
    }
}
