using Npgsql;
using Portal.IntegrationTests.Sandbox;
using Portal.Sandbox.Control;

namespace Portal.IntegrationTests.Commands;

/// <summary><c>config check</c> against each kind of broken neighbour: it names the one that is broken, says what to do, and never a secret.</summary>
public abstract class ConfigCheckTests(SandboxFixture? server) : CommandTest(server)
{
    private const string Nobody = "http://127.0.0.1:1";

    [Fact]
    public async Task Where_all_is_well_every_line_says_so_and_the_record_tells_of_the_look_at_passwords()
    {
        await MigrateAsync();

        var text = await CheckAsync(wrong: 0);

        foreach (var line in new[] { "OK     settings", "OK     database", "OK     vault, API token: version ", "OK     vault, key of sessions", "OK     DigitalOcean: ", "OK     DigitalOcean, scopes", "OK     sign-in, client", "NOTE   notices", "NOTE   heads of the record" })
        {
            text.ShouldContain(line);
        }

        if (!IsSqlite)
        {
            text.ShouldContain("NOTE   database: the connection is encrypted, but not checked to be the right server's.");
            text.ShouldContain("OK     database: its notifications come back");
        }

        (await RunAsync("audit", "verify")).Text.ShouldContain("Row 1: whole.");
        _sandbox.Ledger.Count(HttpMethod.Post, "/v2/*").ShouldBe(0);
    }

    [Fact]
    public async Task The_address_that_the_provider_has_to_know_has_the_path_of_the_public_one()
    {
        await MigrateAsync();

        (await CheckAsync(0, ("Access:PublicUrl", "https://tools.example.com/pools"))).ShouldContain("the redirect address https://tools.example.com/pools/signin-oidc,");
    }

    [Fact]
    public async Task A_database_without_tables_is_named_and_then_no_password_is_looked_at()
    {
        var text = await CheckAsync(wrong: 1);

        Wrong(text).ShouldHaveSingleItem().ShouldContain("dotnet Portal.dll database migrate");
        text.ShouldContain("NOTE   DigitalOcean, scopes: not tried");
        _sandbox.Ledger.Count(HttpMethod.Get, "/v2/databases/*/users").ShouldBe(0);
    }

    [Fact]
    public async Task A_database_that_takes_no_write_is_named()
    {
        await MigrateAsync();
        var readOnly = IsSqlite
            ? $"{_database.ConnectionString};Mode=ReadOnly"
            : new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Options = "-c default_transaction_read_only=on" }.ConnectionString;

        var line = Wrong(await CheckAsync(1, ("Database:ConnectionString", readOnly))).ShouldHaveSingleItem();

        line.ShouldStartWith("WRONG  database: ");
        line.ShouldContain(" does not take a write. ");
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_named()
    {
        await MigrateAsync();
        await using (var portal = await PortalHost.StartAsync(_sandbox, _database))
        {
            await portal.Of<Storage.Database>().WriteAsync(
                (db, token) => Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlRawAsync(
                    db.Database, "INSERT INTO \"__EFMigrationsHistory\" VALUES ('99991231000000_Later', '99.0')", token),
                CancellationToken.None);
        }

        Wrong(await CheckAsync(1)).ShouldHaveSingleItem().ShouldContain("newer version (99991231000000_Later)");
    }

    [Fact]
    public async Task A_database_that_is_away_is_named()
    {
        var away = IsSqlite
            ? "Data Source=/no/such/folder/portal.db"
            : new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Port = 1, Timeout = 2 }.ConnectionString;

        Wrong(await CheckAsync(1, ("Database:ConnectionString", away))).ShouldHaveSingleItem().ShouldStartWith("WRONG  database: ");
    }

    [Fact]
    public async Task A_file_of_heads_that_cannot_be_written_is_named_and_one_that_can_is_left_as_it_is()
    {
        await MigrateAsync();
        Wrong(await CheckAsync(1, ("Audit:Heads:File", "/no/such/folder/heads"))).ShouldHaveSingleItem().ShouldStartWith("WRONG  heads of the record: they cannot be written to Audit:Heads:File.");
        Wrong(await CheckAsync(1, ("Audit:Heads:File", _database.Folder))).ShouldHaveSingleItem().ShouldStartWith("WRONG  heads of the record: ");

        var file = Path.Combine(_database.Folder, "heads");
        (await CheckAsync(0, ("Audit:Heads:File", file))).ShouldContain($"OK     heads of the record: there is no file {file} yet; the portal can make it");
        Directory.GetFiles(_database.Folder, "heads*").ShouldBeEmpty();

        await using (await PortalHost.StartAsync(_sandbox, _database, settings => settings["Audit:Heads:File"] = file))
        {
        }

        var before = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        (await CheckAsync(0, ("Audit:Heads:File", file))).ShouldContain($"OK     heads of the record: {file} can be written to");
        (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ShouldBe(before);
    }

    [Fact]
    public async Task Heads_of_another_database_are_named()
    {
        await MigrateAsync();
        var file = Path.Combine(_database.Folder, "heads");
        await File.WriteAllTextAsync(file, $$"""{"seq":70000,"hash":"{{new string('a', 64)}}","at":"2026-11-30T12:00:00.000000Z"}""" + "\n", TestContext.Current.CancellationToken);

        Wrong(await CheckAsync(1, ("Audit:Heads:File", file))).ShouldHaveSingleItem().ShouldContain("contradicts the record: row 70000, whose head lies outside, is not in the record");
    }

    [Fact]
    public async Task A_sealed_vault_is_named_for_all_that_hangs_on_it()
    {
        await MigrateAsync();
        _sandbox.Seal();

        var text = await CheckAsync(wrong: 4);

        Wrong(text).Count(line => line.Contains("sealed", StringComparison.Ordinal)).ShouldBe(4);
        text.ShouldContain("WRONG  DigitalOcean: not asked");
    }

    [Fact]
    public async Task A_vault_that_is_away_or_does_not_know_the_portal_is_named()
    {
        await MigrateAsync();

        (await CheckAsync(4, ("Vault:HashiCorp:Address", Nobody))).ShouldContain("WRONG  vault, API token: The vault cannot be reached. Check Vault:HashiCorp:Address");
        (await CheckAsync(4, ("Vault:HashiCorp:RoleId", "somebody-else"))).ShouldContain("WRONG  vault, API token: The vault does not accept the portal's AppRole.");
        (await CheckAsync(2, ("Vault:HashiCorp:Path", "nothing-here"))).ShouldContain("WRONG  vault, API token: ");
    }

    [Fact]
    public async Task A_key_of_sessions_that_is_none_is_named_and_not_quoted()
    {
        await MigrateAsync();
        _sandbox.WriteSecret("pool-portal/keys", new { key = "far-too-short" });

        var text = await CheckAsync(wrong: 1);

        text.ShouldContain("WRONG  vault, key of sessions: What the vault holds at pool-portal/keys is not 32 bytes in base64.");
        text.ShouldNotContain("far-too-short");
    }

    [Fact]
    public async Task A_key_of_sessions_other_than_the_one_that_sealed_them_is_named()
    {
        await (await PortalHost.StartAsync(_sandbox, _database)).DisposeAsync();
        (await CheckAsync(wrong: 0)).ShouldContain("OK     vault, key of sessions: at pool-portal/keys, opens the 1 keys");

        _sandbox.WriteSecret("pool-portal/keys", new { key = Convert.ToBase64String(new byte[32]) });
        Wrong(await CheckAsync(1)).ShouldHaveSingleItem().ShouldContain("opens 0 of the 1 keys in the database that are sealed. Put the key that sealed the others to pool-portal/keys-previous");

        _sandbox.WriteSecret("pool-portal/keys-previous", new { key = _sandbox.KeyEncryptionKey });
        await CheckAsync(wrong: 0);
    }

    [Fact]
    public async Task A_token_that_is_refused_or_sees_no_password_is_named_and_not_quoted()
    {
        await MigrateAsync();
        _sandbox.WriteSecret("pool-portal", new { token = "dop_v1_of_somebody_else" });
        var text = await CheckAsync(wrong: 1);
        text.ShouldContain("WRONG  DigitalOcean: DigitalOcean refused the portal's token. Put a token that works into the vault.");
        text.ShouldNotContain("dop_v1_of_somebody_else");

        _sandbox.WriteSecret("pool-portal", new { token = SandboxApi.NoView });
        Wrong(await CheckAsync(1)).ShouldHaveSingleItem().ShouldContain("database:view_credentials");
    }

    [Fact]
    public async Task DigitalOcean_away_or_without_the_scope_to_read_is_named()
    {
        await MigrateAsync();
        (await CheckAsync(1, ("DigitalOcean:BaseUrl", Nobody))).ShouldContain("WRONG  DigitalOcean: DigitalOcean could not be reached");

        _sandbox.Faults.Add(new Fault { Path = "/v2/databases", Kind = FaultKind.Status, Status = 403, Times = 2 });
        (await CheckAsync(1)).ShouldContain("Give the token the scope database:read.");
    }

    [Fact]
    public async Task A_provider_that_is_away_or_does_not_know_the_client_is_named()
    {
        await MigrateAsync();
        Wrong(await CheckAsync(1, ("SignIn:Authority", Nobody))).ShouldHaveSingleItem().ShouldContain("Check SignIn:Authority");

        _sandbox.WriteSecret("pool-portal/sign-in", new { client_secret = "of-last-year" });
        var text = await CheckAsync(wrong: 1);
        text.ShouldContain("WRONG  sign-in, client: The token endpoint said invalid_client");
        text.ShouldNotContain("of-last-year");

        Wrong(await CheckAsync(1, ("SignIn:ClientSecretPath", "pool-portal/nowhere"))).ShouldHaveSingleItem().ShouldStartWith("WRONG  sign-in, client: The vault has nothing at");
    }

    [Fact]
    public async Task A_receiver_of_notices_that_is_away_is_named_without_its_address()
    {
        await MigrateAsync();
        _sandbox.WriteSecret("pool-portal/notices", new { secret = "signs-notices" });
        _sandbox.WriteSecret("pool-portal/slack", new { url = $"{Nobody}/services/T0/B0/very-secret" });

        var text = await CheckAsync(1, ("Notices:UrlPath", "pool-portal/slack"));

        text.ShouldContain("WRONG  notices: The receiver could not be reached.");
        text.ShouldNotContain("very-secret");
        text.ShouldNotContain("signs-notices");
    }

    [Fact]
    public async Task A_receiver_of_notices_that_is_no_https_address_or_whose_certificate_nobody_knows_is_named()
    {
        await MigrateAsync();
        _sandbox.WriteSecret("pool-portal/notices", new { secret = "signs-notices" });
        _sandbox.WriteSecret("pool-portal/slack", new { url = "http://hooks.example.com/very-secret" });
        var text = await CheckAsync(1, ("Notices:UrlPath", "pool-portal/slack"));
        text.ShouldContain("WRONG  notices: What the vault holds as the address of notices is no https address.");
        text.ShouldNotContain("very-secret");

        await using var receiver = await UntrustedServer.StartAsync();
        text = await CheckAsync(1, ("Notices:Url", receiver.Address.ToString()));
        text.ShouldContain("WRONG  notices: The receiver's certificate is not trusted");

        Wrong(await CheckAsync(1, ("Notices:Url", "http://hooks.example.com/"))).ShouldHaveSingleItem().ShouldStartWith("WRONG  settings: Notices:Url must be an https address");
    }

    [Fact]
    public async Task DigitalOcean_that_answers_with_a_page_is_named()
    {
        await MigrateAsync();
        _sandbox.Faults.Add(new Fault { Path = "/v2/databases", Kind = FaultKind.Html, Status = 200, Times = 100 });

        Wrong(await CheckAsync(1)).ShouldHaveSingleItem().ShouldStartWith("WRONG  DigitalOcean: ");
    }

    [Fact]
    public async Task A_secret_without_the_field_that_is_looked_for_is_named()
    {
        await MigrateAsync();

        Wrong(await CheckAsync(2, ("Vault:HashiCorp:Field", "tokn")))[0].ShouldContain("tokn");
    }

    [Fact]
    public async Task A_provider_that_calls_itself_otherwise_is_named()
    {
        await MigrateAsync();
        var other = new UriBuilder(_sandbox.Issuer) { Host = "127.0.0.1" }.Uri.ToString();

        Wrong(await CheckAsync(1, ("SignIn:Authority", other))).ShouldHaveSingleItem().ShouldStartWith("WRONG  sign-in: The provider's metadata names another issuer than SignIn:Authority.");
    }

    [Fact]
    public async Task Settings_that_are_wrong_are_all_said_at_once_and_nothing_else_is_tried()
    {
        var text = await CheckAsync(2, ("Changes:AtOnceSize", "many"), ("Vault:HashiCorp:Adress", Nobody));

        text.ShouldContain("WRONG  settings: Changes:AtOnceSize must be a whole number, for example 5.");
        text.ShouldContain("WRONG  settings: Vault:HashiCorp:Adress is no setting.");
        text.ShouldContain("The rest was not tried");
        _sandbox.Ledger.Entries.ShouldBeEmpty();
    }

    private protected async Task<string> CheckAsync(int wrong, params (string Key, string Value)[] settings)
    {
        var (code, text) = await RunAsync(["config", "check"], settings);

        Wrong(text).Count.ShouldBe(wrong, text);
        code.ShouldBe(wrong == 0 ? 0 : 1);
        _sandbox.Secrets.Where(secret => text.Contains(secret, StringComparison.Ordinal)).Count().ShouldBe(0, "a secret is in what the check says");
        return text;
    }

    private protected static List<string> Wrong(string text) => [.. text.Split('\n').Where(line => line.StartsWith("WRONG", StringComparison.Ordinal))];
}

public sealed class ConfigCheckOnSqliteTests() : ConfigCheckTests(server: null);

public sealed class ConfigCheckOnPostgreSqlTests(SandboxFixture server) : ConfigCheckTests(server)
{
    [Fact]
    public async Task A_wrong_password_of_the_database_is_named_and_not_quoted()
    {
        var wrong = new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Password = "of-last-year" }.ConnectionString;

        var line = Wrong(await CheckAsync(1, ("Database:ConnectionString", wrong))).ShouldHaveSingleItem();

        var asked = new NpgsqlConnectionStringBuilder(wrong);
        line.ShouldStartWith($"WRONG  database: tcp://{asked.Host}:{asked.Port} cannot be reached. Check Database:ConnectionString");
        line.ShouldContain("password authentication failed");
        line.ShouldNotContain("of-last-year");
    }
}
