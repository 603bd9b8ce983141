using Portal.Connections;
using Portal.Connections.Formats;
using Portal.DigitalOcean;
using Portal.Tests.Conventions;

namespace Portal.Tests.Connections;

/// <summary>What every format says, word for word, in every mode, network and way of TLS. The formats come from the list, and so a new one is tested from the start.</summary>
public sealed class FormatTests
{
    public static TheoryData<string> EveryFormat => [.. ConnectionFormats.All.Select(format => format.Id)];

    [Theory]
    [MemberData(nameof(EveryFormat))]
    public void Every_format_is_written_as_expected(string format)
    {
        var written = ConnectionFormats.Find(format)!;
        if (ExpectedTexts.Find(format) is not { } expected)
        {
            var suggestion = Path.Combine(AppContext.BaseDirectory, $"{format}.txt");
            File.WriteAllText(suggestion, ExpectedTexts.Suggest(written));
            Assert.Fail($"Nothing says yet what {written.Name} has to be. Read {suggestion}, which is what it is now, correct it, and move it to {ExpectedTexts.PathOf(format)}.");
            return;
        }

        foreach (var one in TextCase.All)
        {
            var text = written.Write(one.Details(PasswordText.Placeholder));

            var wanted = expected.Of(one).ShouldNotBeNull($"{ExpectedTexts.PathOf(format)} has no section for \"{one}\". It is now:\n{text}");
            text.ShouldBe(wanted, $"{one}, in {ExpectedTexts.PathOf(format)}");
        }

        expected.Unused().ShouldBeEmpty($"sections of {ExpectedTexts.PathOf(format)} that are for nothing");
    }

    [Theory]
    [MemberData(nameof(EveryFormat))]
    public void Every_setting_that_is_explained_stands_in_the_text(string format)
    {
        var written = ConnectionFormats.Find(format)!;
        foreach (var one in TextCase.All)
        {
            var details = one.Details(PasswordText.Real(new Secret("100%")));

            var settings = written.Settings(details);

            settings.ShouldNotBeEmpty();
            settings.Select(setting => setting.Text).ShouldBeUnique(StringComparer.Ordinal);
            foreach (var setting in settings)
            {
                written.Write(details).ShouldContain(setting.Text, Case.Sensitive, one.ToString());
                setting.Why.Trim().ShouldMatch(@"^[A-Z].*[.)]$|^[A-Z].*""\.$");
            }
        }
    }

    [Fact]
    public void The_uri_is_shown_first_and_six_are_one_click_away()
    {
        ConnectionFormats.All[0].Id.ShouldBe("uri");
        ConnectionFormats.First.Select(format => format.Name).ShouldBe(["URI", "psql", ".NET (Npgsql)", "JDBC", "Node (pg)", "Python (psycopg)"]);
    }

    // The record of years has them.
    [Fact]
    public void An_id_that_was_once_given_stays() =>
        ((string[])[
            "uri", "psql", "npgsql", "jdbc", "node-pg", "psycopg", "libpq", "pg-variables", "dotenv", "kubernetes", "spring", "postgres-js", "prisma",
            "sqlalchemy", "django", "pgx", "rails", "pdo", "sqlx",
        ]).Except(EveryFormat.Select(row => row.Data), StringComparer.Ordinal).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(EveryFormat))]
    public void Every_format_is_tried_by_a_program(string format) =>
        File.ReadAllText(Path.Combine(Repository.Top, "tests/Portal.IntegrationTests/Connections/Clients/Client.cs"))
            .ShouldContain($"\"{format}\"", Case.Sensitive, "Nothing connects with this format yet: say in RunAsync of that file how its program is run.");

    [Fact]
    public void Every_format_has_an_id_a_name_and_a_place_of_its_own()
    {
        ConnectionFormats.All.Select(format => format.Id).ShouldBeUnique(StringComparer.Ordinal);
        ConnectionFormats.All.Select(format => format.Name).ShouldBeUnique(StringComparer.Ordinal);
        ConnectionFormats.All.Select(format => format.Order).ShouldBeUnique();
        ConnectionFormats.All.ShouldAllBe(format => !format.Id.Any(char.IsUpper));
        ConnectionFormats.Find("URI").ShouldBeNull();
        ConnectionFormats.Find(null).ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(EveryFormat))]
    public void A_mode_that_is_not_known_gets_the_settings_that_are_safe_in_every_mode(string format)
    {
        var written = ConnectionFormats.Find(format)!;

        written.Write(SomeConnection.Details(PasswordText.Placeholder, mode: "hovering", prepared: PreparedStatements.Tracked))
            .ShouldBe(written.Write(SomeConnection.Details(PasswordText.Placeholder, mode: "transaction")));
    }

    [Theory]
    [MemberData(nameof(EveryFormat))]
    public void No_format_carries_what_a_pool_refuses_or_what_is_long_out_of_date(string format)
    {
        var written = ConnectionFormats.Find(format)!;
        foreach (var one in TextCase.All)
        {
            var text = written.Write(one.Details(PasswordText.Placeholder));

            foreach (var refused in (string[])["options=", "Options=", "search_path", "Search Path", "currentSchema", "Trust Server Certificate", "Server Compatibility Mode", "rejectUnauthorized", "statement-cache-capacity", "describe_exec"])
            {
                text.ShouldNotContain(refused);
            }
        }
    }

    [Theory]
    [MemberData(nameof(EveryFormat))]
    public void A_direct_connection_names_the_database_and_goes_to_another_port(string format)
    {
        var written = ConnectionFormats.Find(format)!;

        var direct = written.Write(SomeConnection.Details(PasswordText.Placeholder, use: ConnectionUse.Direct));
        var pooled = written.Write(SomeConnection.Details(PasswordText.Placeholder));

        direct.ShouldContain("25060");
        direct.ShouldNotContain("25061");
        pooled.ShouldContain("checkout-app");
        pooled.ShouldNotContain("25060");
    }

    [Fact]
    public void A_secret_of_Kubernetes_has_a_name_that_Kubernetes_takes() =>
        ConnectionFormats.Find("kubernetes")!.Write(SomeConnection.Details(PasswordText.Placeholder) with { Pool = "_My_Pool_2_" })
            .ShouldContain("\n  name: my-pool-2-db\n");

    [Fact]
    public void A_secret_of_Kubernetes_without_the_certificate_says_so() =>
        ConnectionFormats.Find("kubernetes")!.Write(SomeConnection.Details(PasswordText.Placeholder) with { Certificate = null })
            .ShouldEndWith("\n  # ca.crt is missing: DigitalOcean did not give the certificate just now. Load the page again.");
}
