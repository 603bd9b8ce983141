using System.Text.Json;
using Npgsql;
using Portal.Connections;
using Portal.Connections.Formats;
using Portal.DigitalOcean;

namespace Portal.Tests.Connections;

/// <summary>Whatever a password is made of, the program that reads the text gets it back.</summary>
public sealed class EscapeTests
{
    private const int Passwords = 1000;

    public static TheoryData<string> EveryFormat => [.. ConnectionFormats.All.Select(format => format.Id)];

    [Theory]
    [MemberData(nameof(EveryFormat))]
    public void Every_format_gives_every_password_back(string format)
    {
        foreach (var password in SomeConnection.HostilePasswords(Passwords))
        {
            foreach (var read in Reader.Passwords(format, ConnectionFormats.Find(format)!.Write(SomeConnection.Details(PasswordText.Real(new Secret(password))))))
            {
                read.ShouldBe(password);
            }
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
    public void What_is_written_for_YAML_is_read_by_a_reader_of_JSON_too()
    {
        foreach (var value in SomeConnection.HostilePasswords(Passwords))
        {
            JsonSerializer.Deserialize<string>(Escape.DoubleQuoted(value)).ShouldBe(value);
        }
    }

    [Theory]
    [InlineData("""p@ss'"\ $""", """'p@ss\'"\\ $'""")]
    [InlineData("plain", "'plain'")]
    public void A_string_of_PHP_has_two_characters_to_care_for(string value, string written) => Escape.Php(value).ShouldBe(written);

    [Fact]
    public void Names_with_syntax_in_them_survive_as_well()
    {
        foreach (var user in SomeConnection.HostilePasswords(Passwords))
        {
            var details = SomeConnection.Details(PasswordText.Placeholder, user: user);

            new NpgsqlConnectionStringBuilder(ConnectionFormats.Find("npgsql")!.Write(details)).Username.ShouldBe(user);
            Uri.UnescapeDataString(new Uri(ConnectionFormats.Find("uri")!.Write(details)).UserInfo.Split(':')[0]).ShouldBe(user);
            Reader.LibpqPairs(ConnectionFormats.Find("libpq")!.Write(details))["user"].ShouldBe(user);
            Reader.Properties(ConnectionFormats.Find("jdbc")!.Write(details))["user"].ShouldBe(user);
            var words = Reader.ShellWords(ConnectionFormats.Find("psql")!.Write(details));
            words.Count.ShouldBe(3);
            words[1].ShouldBe("psql");
            Reader.LibpqPairs(words[2])["user"].ShouldBe(user);
        }
    }

    [Fact]
    public void The_settings_around_a_hostile_password_are_still_settings()
    {
        foreach (var password in SomeConnection.HostilePasswords(Passwords))
        {
            var details = SomeConnection.Details(PasswordText.Real(new Secret(password)));

            var net = new NpgsqlConnectionStringBuilder(ConnectionFormats.Find("npgsql")!.Write(details));
            (net.Host, net.Port, net.Database, net.SslMode, net.NoResetOnClose).ShouldBe((SomeConnection.PublicHost, 25061, "checkout-app", SslMode.Require, true));
            var uri = new Uri(ConnectionFormats.Find("uri")!.Write(details));
            (uri.Scheme, uri.Host, uri.AbsolutePath, uri.Query).ShouldBe(("postgresql", SomeConnection.PublicHost, "/checkout-app", "?sslmode=require"));
            var libpq = Reader.LibpqPairs(ConnectionFormats.Find("libpq")!.Write(details));
            (libpq["host"], libpq["dbname"], libpq["sslmode"]).ShouldBe((SomeConnection.PublicHost, "checkout-app", "require"));
        }
    }

    [Fact]
    public void An_ipv6_address_stands_in_brackets_in_a_uri() => Escape.UriHost("fd00::1").ShouldBe("[fd00::1]");
}
