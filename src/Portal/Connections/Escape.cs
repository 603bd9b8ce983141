using System.Text;

namespace Portal.Connections;

/// <summary>How a value is written so that the reader of a format gets exactly this value back, whatever is in it.</summary>
internal static class Escape
{
    /// <summary>A part of a URI: everything but RFC 3986's unreserved characters as %XX of its UTF-8.</summary>
    /// <seealso href="https://www.rfc-editor.org/rfc/rfc3986#section-2.3"/>
    public static string Uri(string value) => System.Uri.EscapeDataString(value);

    /// <summary>A value of libpq's <c>keyword=value</c>, always in single quotes.</summary>
    /// <seealso href="https://www.postgresql.org/docs/17/libpq-connect.html#LIBPQ-CONNSTRING-KEYWORD-VALUE"/>
    public static string Libpq(string value) =>
        $"'{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    /// <summary>The same, without quotes where none are needed.</summary>
    public static string LibpqName(string value) => IsPlain(value) ? value : Libpq(value);

    /// <summary>A value of an ADO.NET connection string, always in double quotes, inner ones doubled.</summary>
    /// <seealso href="https://learn.microsoft.com/dotnet/api/system.data.common.dbconnectionstringbuilder"/>
    public static string AdoNet(string value) => $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>The same, without quotes where none are needed.</summary>
    public static string AdoNetName(string value) => IsPlain(value) ? value : AdoNet(value);

    /// <summary>A word of a POSIX shell, always in single quotes: nothing inside is expanded, a quote ends them and begins them again.</summary>
    /// <seealso href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02_02"/>
    public static string Shell(string value) => $"'{value.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>A word of a POSIX shell, in the double quotes that people expect where nothing in it means anything there.</summary>
    public static string ShellWord(string value) =>
        value.AsSpan().ContainsAny("\\\"$`!") ? Shell(value) : $"\"{value}\"";

    /// <summary>A string in double quotes as YAML, JSON and Python read it. What cannot be seen is written by its number.</summary>
    /// <seealso href="https://yaml.org/spec/1.2.2/#57-escaped-characters"/>
    public static string DoubleQuoted(string value)
    {
        var text = new StringBuilder("\"");
        foreach (var character in value)
        {
            text.Append(character switch
            {
                '"' or '\\' => $"\\{character}",
                _ when char.IsControl(character) || character is '\u2028' or '\u2029' or '\ufeff' => $"\\u{(int)character:x4}",
                _ => character.ToString(),
            });
        }

        return text.Append('"').ToString();
    }

    /// <summary>A string of PHP in single quotes, in which nothing is expanded.</summary>
    /// <seealso href="https://www.php.net/manual/en/language.types.string.php#language.types.string.syntax.single"/>
    public static string Php(string value) =>
        $"'{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    /// <summary>A value of a Java properties file, in ASCII: older readers take the file for ISO 8859-1.</summary>
    /// <seealso href="https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/Properties.html#load(java.io.Reader)"/>
    public static string Properties(string value)
    {
        var text = new StringBuilder();
        foreach (var character in value)
        {
            text.Append(character switch
            {
                '\\' => "\\\\",
                ' ' when text.Length == 0 => "\\ ",
                < ' ' or > '~' => $"\\u{(int)character:x4}",
                _ => character.ToString(),
            });
        }

        return text.ToString();
    }

    /// <summary>A host as it stands in a URI: an IPv6 address in brackets.</summary>
    public static string UriHost(string host) => host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;

    private static bool IsPlain(string value)
    {
        foreach (var rune in value.EnumerateRunes())
        {
            if (!Rune.IsLetterOrDigit(rune) && rune.Value is not ('-' or '_' or '.' or ':'))
            {
                return false;
            }
        }

        return value.Length > 0;
    }
}
