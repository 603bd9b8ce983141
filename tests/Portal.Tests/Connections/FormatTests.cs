using Portal.Connections;
using Portal.Connections.Formats;
using Portal.DigitalOcean;

namespace Portal.Tests.Connections;

/// <summary>What every format says, word for word. A new format needs its lines here: run the test, and it names the missing one.</summary>
public sealed class FormatTests
{
    private static readonly Dictionary<string, string> Expected = Parse("""
        uri transaction public encrypted: postgresql://app:PASSWORD@orders-prod-do-user-1-0.b.db.ondigitalocean.com:25061/checkout-app?sslmode=require
        uri transaction public verified: postgresql://app:PASSWORD@orders-prod-do-user-1-0.b.db.ondigitalocean.com:25061/checkout-app?sslmode=verify-full&sslrootcert=ca-certificate.crt
        uri transaction private encrypted: postgresql://app:PASSWORD@private-orders-prod-do-user-1-0.b.db.ondigitalocean.com:25061/checkout-app?sslmode=require
        uri transaction private verified: postgresql://app:PASSWORD@private-orders-prod-do-user-1-0.b.db.ondigitalocean.com:25061/checkout-app?sslmode=verify-full&sslrootcert=ca-certificate.crt
        uri session public encrypted: postgresql://app:PASSWORD@orders-prod-do-user-1-0.b.db.ondigitalocean.com:25061/checkout-app?sslmode=require
        uri session public verified: postgresql://app:PASSWORD@orders-prod-do-user-1-0.b.db.ondigitalocean.com:25061/checkout-app?sslmode=verify-full&sslrootcert=ca-certificate.crt
        uri session private encrypted: postgresql://app:PASSWORD@private-orders-prod-do-user-1-0.b.db.ondigitalocean.com:25061/checkout-app?sslmode=require
        uri session private verified: postgresql://app:PASSWORD@private-orders-prod-do-user-1-0.b.db.ondigitalocean.com:25061/checkout-app?sslmode=verify-full&sslrootcert=ca-certificate.crt
        uri statement public encrypted: postgresql://app:PASSWORD@orders-prod-do-user-1-0.b.db.ondigitalocean.com:25061/checkout-app?sslmode=require
        uri statement public verified: postgresql://app:PASSWORD@orders-prod-do-user-1-0.b.db.ondigitalocean.com:25061/checkout-app?sslmode=verify-full&sslrootcert=ca-certificate.crt
        uri statement private encrypted: postgresql://app:PASSWORD@private-orders-prod-do-user-1-0.b.db.ondigitalocean.com:25061/checkout-app?sslmode=require
        uri statement private verified: postgresql://app:PASSWORD@private-orders-prod-do-user-1-0.b.db.ondigitalocean.com:25061/checkout-app?sslmode=verify-full&sslrootcert=ca-certificate.crt
        psql transaction public encrypted: PGPASSWORD='PASSWORD' psql "host=orders-prod-do-user-1-0.b.db.ondigitalocean.com port=25061 dbname=checkout-app user=app sslmode=require"
        psql transaction public verified: PGPASSWORD='PASSWORD' psql "host=orders-prod-do-user-1-0.b.db.ondigitalocean.com port=25061 dbname=checkout-app user=app sslmode=verify-full sslrootcert=ca-certificate.crt"
        psql transaction private encrypted: PGPASSWORD='PASSWORD' psql "host=private-orders-prod-do-user-1-0.b.db.ondigitalocean.com port=25061 dbname=checkout-app user=app sslmode=require"
        psql transaction private verified: PGPASSWORD='PASSWORD' psql "host=private-orders-prod-do-user-1-0.b.db.ondigitalocean.com port=25061 dbname=checkout-app user=app sslmode=verify-full sslrootcert=ca-certificate.crt"
        psql session public encrypted: PGPASSWORD='PASSWORD' psql "host=orders-prod-do-user-1-0.b.db.ondigitalocean.com port=25061 dbname=checkout-app user=app sslmode=require"
        psql session public verified: PGPASSWORD='PASSWORD' psql "host=orders-prod-do-user-1-0.b.db.ondigitalocean.com port=25061 dbname=checkout-app user=app sslmode=verify-full sslrootcert=ca-certificate.crt"
        psql session private encrypted: PGPASSWORD='PASSWORD' psql "host=private-orders-prod-do-user-1-0.b.db.ondigitalocean.com port=25061 dbname=checkout-app user=app sslmode=require"
        psql session private verified: PGPASSWORD='PASSWORD' psql "host=private-orders-prod-do-user-1-0.b.db.ondigitalocean.com port=25061 dbname=checkout-app user=app sslmode=verify-full sslrootcert=ca-certificate.crt"
        psql statement public encrypted: PGPASSWORD='PASSWORD' psql "host=orders-prod-do-user-1-0.b.db.ondigitalocean.com port=25061 dbname=checkout-app user=app sslmode=require"
        psql statement public verified: PGPASSWORD='PASSWORD' psql "host=orders-prod-do-user-1-0.b.db.ondigitalocean.com port=25061 dbname=checkout-app user=app sslmode=verify-full sslrootcert=ca-certificate.crt"
        psql statement private encrypted: PGPASSWORD='PASSWORD' psql "host=private-orders-prod-do-user-1-0.b.db.ondigitalocean.com port=25061 dbname=checkout-app user=app sslmode=require"
        psql statement private verified: PGPASSWORD='PASSWORD' psql "host=private-orders-prod-do-user-1-0.b.db.ondigitalocean.com port=25061 dbname=checkout-app user=app sslmode=verify-full sslrootcert=ca-certificate.crt"
        npgsql transaction public encrypted: Host=orders-prod-do-user-1-0.b.db.ondigitalocean.com;Port=25061;Database=checkout-app;Username=app;Password="PASSWORD";SSL Mode=Require;No Reset On Close=true
        npgsql transaction public verified: Host=orders-prod-do-user-1-0.b.db.ondigitalocean.com;Port=25061;Database=checkout-app;Username=app;Password="PASSWORD";SSL Mode=VerifyFull;Root Certificate=ca-certificate.crt;No Reset On Close=true
        npgsql transaction private encrypted: Host=private-orders-prod-do-user-1-0.b.db.ondigitalocean.com;Port=25061;Database=checkout-app;Username=app;Password="PASSWORD";SSL Mode=Require;No Reset On Close=true
        npgsql transaction private verified: Host=private-orders-prod-do-user-1-0.b.db.ondigitalocean.com;Port=25061;Database=checkout-app;Username=app;Password="PASSWORD";SSL Mode=VerifyFull;Root Certificate=ca-certificate.crt;No Reset On Close=true
        npgsql session public encrypted: Host=orders-prod-do-user-1-0.b.db.ondigitalocean.com;Port=25061;Database=checkout-app;Username=app;Password="PASSWORD";SSL Mode=Require;Maximum Pool Size=12
        npgsql session public verified: Host=orders-prod-do-user-1-0.b.db.ondigitalocean.com;Port=25061;Database=checkout-app;Username=app;Password="PASSWORD";SSL Mode=VerifyFull;Root Certificate=ca-certificate.crt;Maximum Pool Size=12
        npgsql session private encrypted: Host=private-orders-prod-do-user-1-0.b.db.ondigitalocean.com;Port=25061;Database=checkout-app;Username=app;Password="PASSWORD";SSL Mode=Require;Maximum Pool Size=12
        npgsql session private verified: Host=private-orders-prod-do-user-1-0.b.db.ondigitalocean.com;Port=25061;Database=checkout-app;Username=app;Password="PASSWORD";SSL Mode=VerifyFull;Root Certificate=ca-certificate.crt;Maximum Pool Size=12
        npgsql statement public encrypted: Host=orders-prod-do-user-1-0.b.db.ondigitalocean.com;Port=25061;Database=checkout-app;Username=app;Password="PASSWORD";SSL Mode=Require;No Reset On Close=true
        npgsql statement public verified: Host=orders-prod-do-user-1-0.b.db.ondigitalocean.com;Port=25061;Database=checkout-app;Username=app;Password="PASSWORD";SSL Mode=VerifyFull;Root Certificate=ca-certificate.crt;No Reset On Close=true
        npgsql statement private encrypted: Host=private-orders-prod-do-user-1-0.b.db.ondigitalocean.com;Port=25061;Database=checkout-app;Username=app;Password="PASSWORD";SSL Mode=Require;No Reset On Close=true
        npgsql statement private verified: Host=private-orders-prod-do-user-1-0.b.db.ondigitalocean.com;Port=25061;Database=checkout-app;Username=app;Password="PASSWORD";SSL Mode=VerifyFull;Root Certificate=ca-certificate.crt;No Reset On Close=true
        """);

    public static TheoryData<string, string, string, string> Everything()
    {
        var rows = new TheoryData<string, string, string, string>();
        foreach (var format in ConnectionFormats.All)
        {
            foreach (var mode in (string[])["transaction", "session", "statement"])
            {
                foreach (var network in (string[])["public", "private"])
                {
                    rows.Add(format.Id, mode, network, "encrypted");
                    rows.Add(format.Id, mode, network, "verified");
                }
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public void Every_format_is_written_as_expected_in_every_mode_network_and_way_of_tls(string format, string mode, string network, string tls)
    {
        var details = SomeConnection.Details(
            PasswordText.Placeholder, mode, network == "private" ? Network.Private : Network.Public, tls == "verified");

        var text = ConnectionFormats.Find(format)!.Write(details);

        Expected.TryGetValue($"{format} {mode} {network} {tls}", out var expected).ShouldBeTrue($"add the line \"{format} {mode} {network} {tls}: {text}\"");
        text.ShouldBe(expected);
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public void Every_setting_that_is_explained_stands_in_the_text(string format, string mode, string network, string tls)
    {
        var details = SomeConnection.Details(
            PasswordText.Real(new Secret("100%")), mode, network == "private" ? Network.Private : Network.Public, tls == "verified");
        var written = ConnectionFormats.Find(format)!;

        var settings = written.Settings(details);

        settings.ShouldNotBeEmpty();
        foreach (var setting in settings)
        {
            written.Write(details).ShouldContain(setting.Text);
            setting.Why.ShouldEndWith(".");
        }
    }

    [Fact]
    public void The_uri_is_shown_first_and_every_format_has_an_id_of_its_own()
    {
        ConnectionFormats.All[0].Id.ShouldBe("uri");
        ConnectionFormats.All.Select(format => format.Id).ShouldBeUnique(StringComparer.Ordinal);
        ConnectionFormats.All.Select(format => format.Name).ShouldBe(["URI", "psql", ".NET (Npgsql)"]);
        ConnectionFormats.Find("URI").ShouldBeNull();
        ConnectionFormats.Find(null).ShouldBeNull();
    }

    [Fact]
    public void A_mode_that_is_not_known_gets_the_settings_that_are_safe_in_every_mode() =>
        ConnectionFormats.Find("npgsql")!.Write(SomeConnection.Details(PasswordText.Placeholder, mode: "hovering"))
            .ShouldContain("No Reset On Close=true");

    [Theory]
    [InlineData("uri")]
    [InlineData("psql")]
    [InlineData("npgsql")]
    public void No_format_carries_what_a_pool_refuses(string format)
    {
        var text = ConnectionFormats.Find(format)!.Write(SomeConnection.Details(PasswordText.Placeholder));

        foreach (var refused in (string[])["options=", "Options=", "search_path", "Search Path", "Trust Server Certificate", "Server Compatibility Mode"])
        {
            text.ShouldNotContain(refused);
        }
    }

    private static Dictionary<string, string> Parse(string lines) => lines
        .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(": ", 2))
        .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);
}
