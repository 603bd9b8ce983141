using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Portal.Tests.Connections;

/// <summary>What a program that reads a text gets out of it, each by the grammar of its own; fails where that grammar has another meaning for a character.</summary>
internal static partial class Reader
{
    /// <summary>The password that stands in a text of a format, as its reader sees it.</summary>
    public static IReadOnlyList<string> Passwords(string format, string text) => format switch
    {
        "uri" => [FromAddress(text)],
        "psql" => [After("PGPASSWORD=", ShellWords(text)[0])],
        "libpq" => [LibpqPairs(text)["password"]],
        "npgsql" => [new Npgsql.NpgsqlConnectionStringBuilder(text).Password!],
        "pg-variables" => [After("PGPASSWORD=", ShellWords(text[text.IndexOf("PGPASSWORD=", StringComparison.Ordinal)..text.LastIndexOf("\nexport PGSSLMODE=", StringComparison.Ordinal)])[0])],
        "jdbc" => [Properties(text)["password"]],
        "spring" => [FromQuery(Properties(text)["spring.datasource.url"])],
        "kubernetes" => [DoubleQuoted(YamlValue(text, "password")), FromAddress(DoubleQuoted(YamlValue(text, "uri")))],
        _ when text.Split('\n').FirstOrDefault(line => line.StartsWith("DATABASE_URL=", StringComparison.Ordinal)) is { } line => [FromAddress(EnvironmentValue(line))],
        _ => throw new NotSupportedException($"Say here how a program reads the password of the format {format}."),
    };

    /// <summary>Splits a line as a POSIX shell does, expanding nothing; fails where a shell would expand something.</summary>
    public static List<string> ShellWords(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        for (var i = 0; i < line.Length; i++)
        {
            switch (line[i])
            {
                case '\'':
                    var end = line.IndexOf('\'', i + 1);
                    word.Append(line.AsSpan((i + 1)..end));
                    i = end;
                    break;
                case '"':
                    end = line.IndexOf('"', i + 1);
                    var quoted = line[(i + 1)..end];
                    quoted.IndexOfAny(['$', '`', '\\', '!']).ShouldBe(-1);
                    word.Append(quoted);
                    i = end;
                    break;
                case '\\':
                    word.Append(line[++i]);
                    break;
                case ' ':
                    words.Add(word.ToString());
                    word.Clear();
                    break;
                default:
                    (char.IsAsciiLetterOrDigit(line[i]) || line[i] is '=' or '_').ShouldBeTrue($"a shell may read {line[i]} otherwise");
                    word.Append(line[i]);
                    break;
            }
        }

        words.Add(word.ToString());
        return words;
    }

    /// <summary>Reads keyword and value pairs as libpq's conninfo_parse does.</summary>
    public static Dictionary<string, string> LibpqPairs(string text)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < text.Length; i++)
        {
            var equals = text.IndexOf('=', i);
            var name = text[i..equals];
            var value = new StringBuilder();
            i = equals + 1;
            var isQuoted = text[i] == '\'';
            for (i += isQuoted ? 1 : 0; i < text.Length && (isQuoted ? text[i] != '\'' : !char.IsWhiteSpace(text[i])); i++)
            {
                value.Append(text[i] == '\\' ? text[++i] : text[i]);
            }

            i += isQuoted ? 1 : 0;
            pairs.Add(name, value.ToString());
        }

        return pairs;
    }

    /// <summary>Reads lines as <c>java.util.Properties.load</c> does a file in ISO 8859-1.</summary>
    public static Dictionary<string, string> Properties(string text) => text.Split('\n').Select(line =>
    {
        line.All(char.IsAscii).ShouldBeTrue("what is not ASCII is read otherwise by older readers");
        var end = line.IndexOfAny(['=', ':', ' ']);
        var value = new StringBuilder();
        for (var i = end + 1; i < line.Length; i++)
        {
            if (line[i] == '\\')
            {
                i++;
                value.Append(line[i] == 'u' ? (char)int.Parse(line.AsSpan(i + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture) : line[i]);
                i += line[i] == 'u' ? 4 : 0;
            }
            else if (value.Length > 0 || line[i] != ' ')
            {
                value.Append(line[i]);
            }
        }

        return KeyValuePair.Create(line[..end], value.ToString());
    }).ToDictionary(StringComparer.Ordinal);

    /// <summary>Reads a scalar in double quotes as YAML 1.2 and JSON do; of the escapes only those that both have.</summary>
    public static string DoubleQuoted(string text)
    {
        text.ShouldStartWith("\"");
        var value = new StringBuilder();
        var i = 1;
        for (; text[i] != '"'; i++)
        {
            char.IsControl(text[i]).ShouldBeFalse("a line break or a tab is read as a space");
            if (text[i] != '\\')
            {
                value.Append(text[i]);
                continue;
            }

            i++;
            (text[i] is '"' or '\\' or 'u').ShouldBeTrue($"\\{text[i]} is not in both");
            value.Append(text[i] == 'u' ? (char)int.Parse(text.AsSpan(i + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture) : text[i]);
            i += text[i] == 'u' ? 4 : 0;
        }

        i.ShouldBe(text.Length - 1);
        return value.ToString();
    }

    /// <summary>A value in a file that dotenv libraries, Compose and shells read: alike only when nothing in it means anything to one of them.</summary>
    public static string EnvironmentValue(string line)
    {
        var match = EnvironmentLine().Match(line);
        match.Success.ShouldBeTrue($"not every reader of .env takes {line} the same way");
        return match.Groups["value"].Value;
    }

    private static string FromAddress(string address)
    {
        var parts = AddressPattern().Match(address);
        parts.Success.ShouldBeTrue($"no address: {address}");
        return Uri.UnescapeDataString(parts.Groups["password"].Value);
    }

    private static string FromQuery(string address) => Uri.UnescapeDataString(
        After("password=", address[(address.IndexOf('?', StringComparison.Ordinal) + 1)..].Split('&').Single(part => part.StartsWith("password=", StringComparison.Ordinal))));

    private static string YamlValue(string text, string key) => After($"  {key}: ", text.Split('\n').Single(line => line.StartsWith($"  {key}: ", StringComparison.Ordinal)));

    private static string After(string start, string text)
    {
        text.ShouldStartWith(start);
        return text[start.Length..];
    }

    [GeneratedRegex(@"^[A-Z_]+='(?<value>[A-Za-z0-9%._~:/@?&=+\[\]-]*)'$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EnvironmentLine();

    [GeneratedRegex(@"^[a-z0-9+]+://[A-Za-z0-9%._~-]+:(?<password>[A-Za-z0-9%._~-]*)@[A-Za-z0-9.-]+:[0-9]+/[A-Za-z0-9%._~-]+(\?[A-Za-z0-9._/=&_-]+)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AddressPattern();
}
