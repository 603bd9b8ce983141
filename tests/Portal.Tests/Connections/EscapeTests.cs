using System.Text;
using Npgsql;
using Portal.Connections;
using Portal.Connections.Formats;
using Portal.DigitalOcean;

namespace Portal.Tests.Connections;

/// <summary>Whatever a password is made of, the program that reads the text gets it back.</summary>
public sealed class EscapeTests
{
    private const int Passwords = 1000;

    [Fact]
    public void A_uri_gives_every_password_back()
    {
        foreach (var password in SomeConnection.HostilePasswords(Passwords))
        {
            var uri = new Uri(Write("uri", password));

            uri.Scheme.ShouldBe("postgresql");
            uri.Host.ShouldBe(SomeConnection.PublicHost);
            uri.AbsolutePath.ShouldBe("/checkout-app");
            uri.Query.ShouldBe("?sslmode=require");
            Uri.UnescapeDataString(uri.UserInfo.Split(':', 2)[1]).ShouldBe(password);
        }
    }

    [Fact]
    public void A_uri_leaves_only_unreserved_characters_as_they_are()
    {
        for (var character = '\u0001'; character < '\u0080'; character++)
        {
            var isUnreserved = char.IsAsciiLetterOrDigit(character) || character is '-' or '.' or '_' or '~';

            Escape.Uri(character.ToString()).ShouldBe(isUnreserved ? character.ToString() : $"%{(int)character:X2}");
        }
    }

    [Fact]
    public void Npgsql_reads_every_password_back()
    {
        foreach (var password in SomeConnection.HostilePasswords(Passwords))
        {
            var read = new NpgsqlConnectionStringBuilder(Write("npgsql", password));

            read.Password.ShouldBe(password);
            read.Host.ShouldBe(SomeConnection.PublicHost);
            read.Port.ShouldBe(25061);
            read.Database.ShouldBe("checkout-app");
            read.Username.ShouldBe("app");
            read.SslMode.ShouldBe(SslMode.Require);
            read.NoResetOnClose.ShouldBeTrue();
        }
    }

    [Fact]
    public void A_shell_reads_every_password_back()
    {
        foreach (var password in SomeConnection.HostilePasswords(Passwords))
        {
            ShellWords(Write("psql", password))[0].ShouldBe($"PGPASSWORD={password}");
        }
    }

    [Fact]
    public void Libpq_reads_every_value_back()
    {
        foreach (var value in SomeConnection.HostilePasswords(Passwords))
        {
            LibpqValue(Escape.Libpq(value)).ShouldBe(value);
            LibpqValue(Escape.LibpqName(value)).ShouldBe(value);
        }
    }

    [Fact]
    public void Names_with_syntax_in_them_survive_as_well()
    {
        foreach (var user in SomeConnection.HostilePasswords(Passwords))
        {
            var details = SomeConnection.Details(PasswordText.Placeholder, user: user);

            new NpgsqlConnectionStringBuilder(ConnectionFormats.Find("npgsql")!.Write(details)).Username.ShouldBe(user);
            Uri.UnescapeDataString(new Uri(ConnectionFormats.Find("uri")!.Write(details)).UserInfo.Split(':')[0]).ShouldBe(user);
            var words = ShellWords(ConnectionFormats.Find("psql")!.Write(details));
            words.Count.ShouldBe(3);
            words[1].ShouldBe("psql");
            words[2].ShouldBe(
                $"host={SomeConnection.PublicHost} port=25061 dbname=checkout-app user={Escape.LibpqName(user)} sslmode=require");
        }
    }

    [Fact]
    public void An_ipv6_address_stands_in_brackets_in_a_uri() => Escape.UriHost("fd00::1").ShouldBe("[fd00::1]");

    private static string Write(string format, string password) =>
        ConnectionFormats.Find(format)!.Write(SomeConnection.Details(PasswordText.Real(new Secret(password))));

    /// <summary>Splits a line as a POSIX shell does, expanding nothing; fails where a shell would expand something.</summary>
    private static List<string> ShellWords(string line)
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
                    quoted.ShouldNotContain('$');
                    quoted.ShouldNotContain('`');
                    quoted.ShouldNotContain('\\');
                    quoted.ShouldNotContain('!');
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

    /// <summary>Reads one value as libpq's conninfo_parse does.</summary>
    private static string LibpqValue(string text)
    {
        if (!text.StartsWith('\''))
        {
            text.ShouldNotContain('\\');
            text.Any(char.IsWhiteSpace).ShouldBeFalse();
            return text;
        }

        var value = new StringBuilder();
        var i = 1;
        for (; text[i] != '\''; i++)
        {
            value.Append(text[i] == '\\' ? text[++i] : text[i]);
        }

        i.ShouldBe(text.Length - 1);
        return value.ToString();
    }
}
