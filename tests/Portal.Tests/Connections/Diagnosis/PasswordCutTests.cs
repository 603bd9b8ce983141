using Portal.Connections;
using Portal.Connections.Diagnosis;
using Portal.Connections.Formats;
using Portal.DigitalOcean;

namespace Portal.Tests.Connections.Diagnosis;

public sealed class PasswordCutTests
{
    /// <summary>Texts with the password s3cr3t-canary or one with trouble in it, and what is left of them.</summary>
    public static TheoryData<string, string> Texts => new()
    {
        { "postgresql://app:s3cr3t-canary@h.example:25061/p?sslmode=require", "postgresql://app:(password)@h.example:25061/p?sslmode=require" },
        { "DATABASE_URL=\"postgres://app:s3cr3t-canary@h:25061/p\"", "DATABASE_URL=\"postgres://app:(password)@h:25061/p\"" },
        { "postgres://app:s3cr3t/can@ry#x@h:25061/p", "postgres://app:(password-unescaped)@h:25061/p" },
        { "postgres://app:s3cr3t can@ry@h:25061/p", "postgres://app:(password-unescaped)@h:25061/p" },
        { "postgres://app:s3cr3t\"can'ry@h:25061/p", "postgres://app:(password-unescaped)@h:25061/p" },
        { "postgres://app:100%s3cr3t@h.example/p", "postgres://app:(password-unescaped)@h.example/p" },
        { "postgres://app:25061/s3cr3t@h:25061/p", "postgres://app:(password-unescaped)@h:25061/p" },
        { "postgres://app:p%40s3cr3t@[::1]:25061/p", "postgres://app:(password)@[::1]:25061/p" },
        { "a postgres://a:s3cr3t@h:1/p b postgres://b:s3cr3t@h:2/p", "a postgres://a:(password)@h:1/p b postgres://b:(password)@h:2/p" },
        { "jdbc:postgresql://h:25061/p?user=app&password=s3cr3t@canary&sslmode=require", "jdbc:postgresql://h:25061/p?user=app&password=(password)&sslmode=require" },
        { "http://localhost:5080/x me@mail.example", "http://localhost:5080/x me@mail.example" },
        { "Host=h;Port=1;Database=p;Username=app;Password=s3cr3t canary&x;SSL Mode=Require", "Host=h;Port=1;Database=p;Username=app;Password=(password);SSL Mode=Require" },
        { "Host=h;Password=\"s3cr3t;\"\"canary\";Database=p", "Host=h;Password=(password);Database=p" },
        { "\"Default\": \"Host=h;Password=\\\"s3cr3t;canary\\\";Database=p\"", "\"Default\": \"Host=h;Password=(password);Database=p\"" },
        { "host=h port=1 password='s3cr3t \\' canary' dbname=p", "host=h port=1 password=(password) dbname=p" },
        { "PGPASSWORD='s3cr3t'\\''canary' psql \"host=h dbname=p\"", "PGPASSWORD=(password) psql \"host=h dbname=p\"" },
        { "PGPASSWORD=s3cr3t psql -h h -U app p --set x=1", "PGPASSWORD=(password) psql -h h -U app p --set x=1" },
        { "DB_PASSWORD=s3cr3t canary\nDB_HOST=h", "DB_PASSWORD=(password)\nDB_HOST=h" },
        { "  password: s3cr3t\n  host: h", "  password: (password)\n  host: h" },
        { "'PASSWORD': 's3cr3t', 'HOST': 'h'", "'PASSWORD': (password), 'HOST': 'h'" },
        { "{\"password\":\"s3cr3t\\\"canary\",\"host\":\"h\"}", "{\"password\":(password),\"host\":\"h\"}" },
        { "password=\"s3cr3t that never ends", "password=(password)" },
        { "new PDO(\"pgsql:host=h;port=1;dbname=p\", \"app\", \"s3cr3t\")", "new PDO(\"pgsql:host=h;port=1;dbname=p\", \"app\", (password))" },
        { "DriverManager.getConnection(\"jdbc:postgresql://h:1/p\", \"app\", \"s3cr3t\")", "DriverManager.getConnection(\"jdbc:postgresql://h:1/p\", \"app\", (password))" },
        { "URL.create(\"postgresql+asyncpg\", \"app\", \"s3cr3t\", \"h\", 25061, \"p\")", "URL.create(\"postgresql+asyncpg\", \"app\", (password), \"h\", 25061, \"p\")" },
        { "connect app:s3cr3t@h.example please", "connect app:(password)@h.example please" },
        { "my AVNS_s3cr3t-Canary_1 and dop_v1_s3cr3t0123", "my (password) and (password)" },
        { "Authorization: Bearer s3cr3t.canary.token", "Authorization: Bearer (password)" },
        { "FATAL: password authentication failed for user \"app\"", "FATAL: password authentication failed for user \"app\"" },
        { "no word of it", "no word of it" },
        { "", "" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_password_is_cut_out_and_the_rest_is_left(string text, string left)
    {
        PasswordCut.Cut(text).ShouldBe(left);
        PasswordCut.Cut(left).ShouldBe(left);
    }

    [Fact]
    public void No_format_of_the_portal_keeps_its_password_whatever_is_in_it()
    {
        foreach (var format in ConnectionFormats.All)
        {
            foreach (var password in SomeConnection.HostilePasswords(300).Select(password => $"s3cr3t{password}canary"))
            {
                var cut = PasswordCut.Cut(format.Write(SomeConnection.Details(PasswordText.Real(new Secret(password)))));

                cut.ShouldNotContain("s3cr3t", Case.Sensitive, format.Id);
                cut.ShouldNotContain("canary", Case.Sensitive, format.Id);
            }
        }
    }

    [Fact]
    public void An_address_that_nobody_escaped_keeps_nothing_of_its_password()
    {
        foreach (var password in SomeConnection.HostilePasswords(300).Where(password => !password.Contains('\n') && !password.Contains("://")))
        {
            var cut = PasswordCut.Cut($"postgresql://app:s3cr3t{password}canary@db.example:25061/checkout-app?sslmode=require");

            cut.ShouldBeOneOf(
                "postgresql://app:(password)@db.example:25061/checkout-app?sslmode=require",
                "postgresql://app:(password-unescaped)@db.example:25061/checkout-app?sslmode=require");
        }
    }
}
