using System.Text;
using System.Text.RegularExpressions;

namespace Portal.Connections.Diagnosis;

/// <summary>Takes passwords and tokens out of a pasted text, whatever it is. Rather too much than too little.</summary>
/// <remarks>
/// The browser has done the same before anything was sent (<c>wwwroot/js/diagnose.js</c>, which is to be changed together with this);
/// here it is done again, because what comes from a browser is not to be relied on.
/// </remarks>
internal static partial class PasswordCut
{
    /// <summary>What stands where a password was.</summary>
    public const string Mark = "(password)";

    /// <summary>The same, for one in an address that had characters which mean something there.</summary>
    public const string UnescapedMark = "(password-unescaped)";

    public static string Cut(string text) =>
        Tokens().Replace(CutLoose(CutKeyed(Positional(), CutKeyed(Keyed(), CutAddresses(text)))), Mark);

    private static string CutAddresses(string text)
    {
        var cut = new StringBuilder();
        var end = 0;
        while (AddressStart().Match(text, end) is { Success: true } start)
        {
            var from = start.Index + start.Length;
            var to = EndOfAddressPassword(text, from);
            cut.Append(text, end, from - end).Append(to > from ? MarkFor(text[from..to]) : "");
            end = Math.Max(from, to);
        }

        return cut.Append(text, end, text.Length - end).ToString();
    }

    /// <summary>Where the @ is that ends the password, or <paramref name="from"/> when there is no password.</summary>
    private static int EndOfAddressPassword(string text, int from)
    {
        // Up to the end of the line, or to where another address begins: an unescaped password may have spaces and quotes.
        var to = NextEnd().Match(text, from) is { Success: true } next ? next.Index : text.Length;
        var end = LastSign(text, from, to, HostAndPortAhead());
        if (end >= 0)
        {
            return end;
        }

        end = LastSign(text, from, from + Word().Match(text, from).Length, HostAhead());
        if (end >= 0)
        {
            return end;
        }

        // host:port, and no user before it.
        if (PortAhead().IsMatch(text, from))
        {
            return from;
        }

        var last = to > from ? text.LastIndexOf('@', to - 1, to - from) : -1;
        return last < 0 ? from : last;
    }

    private static int LastSign(string text, int from, int to, Regex host)
    {
        for (var at = to - 1; at >= from; at--)
        {
            if (text[at] is '@' && host.IsMatch(text, at))
            {
                return at;
            }
        }

        return -1;
    }

    private static string MarkFor(string password) => password switch
    {
        Mark or UnescapedMark => password,
        _ => NeedsEscape().IsMatch(password) ? UnescapedMark : Mark,
    };

    private static string CutKeyed(Regex keys, string text)
    {
        var cut = new StringBuilder();
        var end = 0;
        while (keys.Match(text, end) is { Success: true } key)
        {
            var from = key.Index + key.Length;
            var to = EndOfValue(text, key.Index, from);
            var value = text[from..to];
            cut.Append(text, end, from - end).Append(value is "" or "\"\"" or "''" or Mark or UnescapedMark ? value : Mark);
            end = to;
        }

        return cut.Append(text, end, text.Length - end).ToString();
    }

    private static int EndOfValue(string text, int key, int from)
    {
        if (from == text.Length || MarkAhead().Match(text, from) is { Length: > 0 })
        {
            return from + MarkAhead().Match(text, from).Length;
        }

        if (text.AsSpan(from).StartsWith("\\\""))
        {
            // A .NET string inside JSON: its quotes are written \", and doubled where they are part of the value.
            return EndOfDoubled(text, from, "\\\"", "\\\"");
        }

        return text[from] switch
        {
            // Nothing inside is an escape; a quote ends the word and, after \', begins it again.
            '\'' when Variable().IsMatch(text[key..from]) => EndOfDoubled(text, from, "'", "\\''"),
            '"' when AdoNet().IsMatch(LineAt(text, key)) => EndOfDoubled(text, from, "\"", "\""),
            '"' or '\'' or '`' => EndOfQuoted(text, from),
            _ => EndOfBare(text, key, from),
        };
    }

    /// <summary>Where the quote ends that is not followed by what begins it again.</summary>
    private static int EndOfDoubled(string text, int from, string quote, string again)
    {
        for (var at = from + quote.Length; ;)
        {
            var close = text.IndexOf(quote, at, StringComparison.Ordinal);
            if (close < 0)
            {
                return text.Length;
            }

            at = close + quote.Length;
            if (!text.AsSpan(at).StartsWith(again))
            {
                return at;
            }

            at += again.Length;
        }
    }

    // A backslash escapes, a doubled quote may; and a quote in front of a letter ends nothing.
    private static int EndOfQuoted(string text, int from)
    {
        var quote = text[from];
        for (var at = from + 1; at < text.Length; at++)
        {
            if (text[at] is '\\')
            {
                at++;
            }
            else if (text[at] == quote && (at + 1 == text.Length || EndsValue(text[at + 1])))
            {
                return at + 1;
            }
        }

        return text.Length;
    }

    private static bool EndsValue(char next) => char.IsWhiteSpace(next) || ",;)}]&<>\"'`".Contains(next, StringComparison.Ordinal);

    private static string LineAt(string text, int at)
    {
        var end = text.IndexOfAny(['\r', '\n'], at);
        return text[(text.LastIndexOf('\n', Math.Max(0, at - 1)) + 1)..(end < 0 ? text.Length : end)];
    }

    private static int EndOfBare(string text, int key, int from)
    {
        var newLine = text.IndexOfAny(['\r', '\n'], from);
        var lineEnd = newLine < 0 ? text.Length : newLine;
        var lineStart = text.LastIndexOf('\n', Math.Max(0, key - 1)) + 1;
        if (key > 0 && text[key - 1] is '?' or '&')
        {
            return EndAt(text, from, lineEnd, "& \t\"'");
        }

        if (AdoNet().IsMatch(LineAt(text, key)))
        {
            return EndAt(text, from, lineEnd, ";");
        }

        // First on its line, as in a file of settings, it may hold spaces: all of the line is taken, unless more of a connection follows.
        return string.IsNullOrWhiteSpace(text[lineStart..key]) && !MoreFollows().IsMatch(text[from..lineEnd])
            ? lineEnd
            : EndAt(text, from, lineEnd, " \t");
    }

    private static int EndAt(string text, int from, int lineEnd, string ends)
    {
        var end = text.AsSpan(from, lineEnd - from).IndexOfAny(ends);
        return end < 0 ? lineEnd : from + end;
    }

    private static string CutLoose(string text) => Loose().Replace(
        text, match => $"{match.Groups["before"].Value}{(match.Groups["password"].Value is Mark or UnescapedMark ? match.Groups["password"].Value : Mark)}");

    // postgresql://user: and whatever the user is.
    [GeneratedRegex(@"://[^\s:/@""'<>]*:", RegexOptions.None, 1000)]
    private static partial Regex AddressStart();

    [GeneratedRegex(@"\G[^\s""'`<>]*", RegexOptions.None, 1000)]
    private static partial Regex Word();

    [GeneratedRegex(@"://|[\r\n]", RegexOptions.None, 1000)]
    private static partial Regex NextEnd();

    [GeneratedRegex(@"\G@(?:[\w.-]+|\[[\da-fA-F:]+\]):\d{1,5}(?:[/?\s""'`<>,;)]|$)", RegexOptions.None, 1000)]
    private static partial Regex HostAndPortAhead();

    [GeneratedRegex(@"\G\d{1,5}(?:[/?\s""'`,;)]|$)", RegexOptions.None, 1000)]
    private static partial Regex PortAhead();

    [GeneratedRegex(@"\G@(?:[\w.-]+|\[[\da-fA-F:]+\])(?::\d+|/)", RegexOptions.None, 1000)]
    private static partial Regex HostAhead();

    [GeneratedRegex("""\G(?:\(password\)|\(password-unescaped\))(?=[\s"'`,;:&@)}\]<>]|$)""", RegexOptions.None, 1000)]
    private static partial Regex MarkAhead();

    // A variable of a shell or of a file for one.
    [GeneratedRegex(@"^[A-Z0-9_]+=$", RegexOptions.None, 1000)]
    private static partial Regex Variable();

    [GeneratedRegex("""[@/?#\s"'<>\\^`{|}\[\]]|%(?![\da-fA-F]{2})""", RegexOptions.None, 1000)]
    private static partial Regex NeedsEscape();

    [GeneratedRegex("""[\w.-]*(?:password|passwd|passphrase|pwd|\bpass|_pass)\\?["']?\]?[ \t]*(?:=>|:=|=|:)[ \t]*""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Keyed();

    // PDO, DriverManager and URL.create take the password as the third of their texts.
    [GeneratedRegex("""(?:(?:pgsql|jdbc:postgresql):[^"'\n]*["']|URL\.create\(\s*["'][^"']*["'])\s*,\s*["'][^"'\n]*["']\s*,\s*(?=["'])""", RegexOptions.None, 1000)]
    private static partial Regex Positional();

    [GeneratedRegex(@"\b(?:host|server|data source|username|user id)\s*=[^;]*;", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex AdoNet();

    // The keywords of libpq, or the program that the variable is for.
    [GeneratedRegex(@"\s(?:(?:host|hostaddr|port|dbname|user|sslmode|sslrootcert|options|application_name|connect_timeout)\s*=|psql\s)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex MoreFollows();

    // user:password@host without anything before it.
    [GeneratedRegex("""(?<before>(?:^|[\s"'=])[\w.%+-]+:)(?<password>[^\s@"'/]+)(?=@(?:[\w-]+(?:\.[\w-]+)+|[\w-]+:\d))""", RegexOptions.Multiline, 1000)]
    private static partial Regex Loose();

    // DigitalOcean's own: generated passwords, API tokens.
    [GeneratedRegex(@"\bAVNS_[\w-]+|\bdo[opr]_v1_\w+|(?<=\bBearer[ \t]+)[\w.~+/=-]{8,}", RegexOptions.None, 1000)]
    private static partial Regex Tokens();
}
