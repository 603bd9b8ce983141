using Portal.Connections.Diagnosis;
using Portal.Connections.Diagnosis.Known;
using Portal.DigitalOcean;

namespace Portal.Tests.Connections.Diagnosis;

/// <summary>Messages as drivers, servers and issue threads have them, each with what must be said first.</summary>
public sealed class KnownTroublesTests
{
    private static readonly Guid Cluster = new("00000000-0000-0000-0000-00000000a001");
    private static readonly KnownPool Checkout = new(Cluster, "orders-prod", "checkout-app", PoolMode.Transaction, 5, "checkout", "app");
    private static readonly KnownPool Reports = new(Cluster, "orders-prod", "reports-ro", PoolMode.Session, 20, "reports", "ro");

    public static TheoryData<string> EverySample => [.. KnownTroubles.All.Select(trouble => trouble.GetType().Name)];

    public static TheoryData<string, string> Messages => new()
    {
        { "FATAL: no such database: checkout", "checkout is a database, not a pool" },
        { "FATAL:  no such database: chekout-app", "There is no pool chekout-app" },
        { "psql: error: connection to server at \"h\" (203.0.113.7), port 25060 failed: FATAL:  database \"checkout-app\" does not exist", "checkout-app is a pool, and 25060 is not the pool's port" },
        { "Error: P1003: Database `checkout-app` does not exist on the database server at `h:25060`.", "checkout-app is a pool, and 25060 is not the pool's port" },
        { "3D000: database \"nowhere\" does not exist", "PostgreSQL has no database nowhere" },
        { "42P05: prepared statement \"_auto0\" already exists", "The driver prepares statements, and the pool does not keep track of them" },
        { "org.postgresql.util.PSQLException: ERROR: prepared statement \"S_3\" already exists", "The driver prepares statements, and the pool does not keep track of them" },
        { "psycopg.errors.DuplicatePreparedStatement: prepared statement \"_pg3_0\" already exists", "The driver prepares statements, and the pool does not keep track of them" },
        { "asyncpg.exceptions.InvalidSQLStatementNameError: prepared statement \"__asyncpg_stmt_2__\" does not exist", "The driver uses a statement that was prepared on another server connection" },
        { "Error occurred during query execution:\nConnectorError(ConnectorError { kind: QueryError(PostgresError { code: \"26000\", message: \"prepared statement \\\"PGBOUNCER_34\\\" does not exist\"", "Another client of this pool throws prepared statements away" },
        { "FATAL: unsupported startup parameter: search_path", "A pool does not take search_path when a client connects" },
        { "FATAL: unsupported startup parameter in options: statement_timeout", "A pool does not take statement_timeout when a client connects" },
        { "FATAL: unsupported startup parameter: extra_float_digits", "The cluster's PgBouncer does not take extra_float_digits, which JDBC always sends" },
        { "08P01: query_wait_timeout", "The client waited too long for a free server connection of the pool" },
        { "HikariPool-1 - Connection is not available, request timed out after 30000ms.", "The app's own connection pool ran dry" },
        { "sqlalchemy.exc.TimeoutError: QueuePool limit of size 5 overflow 10 reached, connection timed out, timeout 30.00", "The app's own connection pool ran dry" },
        { "FATAL: sorry, too many clients already", "The cluster's connections are used up" },
        { "FATAL: no more connections allowed (max_client_conn)", "PgBouncer takes no more clients" },
        { "FATAL: transaction blocks not allowed in statement pooling mode", "The pool is in statement mode, which refuses transactions" },
        { "28P01: password authentication failed for user \"app\"", "User and password do not belong together" },
        { "FATAL: SASL authentication failed", "User and password do not belong together" },
        { "FATAL: server login failed: FATAL password authentication failed for user \"app\"", "The pool itself cannot log in at PostgreSQL" },
        { "42501: permission denied for schema public", "The database user may not use, or make anything in, the schema public" },
        { "ERROR:  permission denied for table orders", "The database user may not use the table orders" },
        { "FATAL: permission denied for database \"checkout\"", "The database user may not connect to checkout" },
        { "Error: self signed certificate in certificate chain", "The driver does not know the CA that signed the server's certificate" },
        { "x509: certificate signed by unknown authority", "The driver does not know the CA that signed the server's certificate" },
        { "PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException", "The driver does not know the CA that signed the server's certificate" },
        { "SSL error: certificate verify failed", "The driver does not know the CA that signed the server's certificate" },
        { "root certificate file \"/root/.postgresql/root.crt\" does not exist\nEither provide the file or change sslmode to disable server certificate verification.", "The CA file is not where the driver looks for it" },
        { "Could not open SSL root certificate file /app/ca-certificate.crt.", "The CA file is not where the driver looks for it" },
        { "System.IO.FileNotFoundException: Could not find file '/app/ca-certificate.crt'.", "The CA file is not where the driver looks for it" },
        { "server certificate for \"h.example\" does not match host name \"10.0.0.3\"", "The certificate is for another host name" },
        { "System.ArgumentException: To validate server certificates, please use VerifyFull or VerifyCA instead of Require. To disable validation, explicitly set 'Trust Server Certificate' to true.", "Trust Server Certificate: the server's certificate is not verified" },
        { "no pg_hba.conf entry for host \"203.0.113.7\", user \"app\", database \"checkout\", no encryption", "The connection is not encrypted, and the cluster takes no other" },
        { "psql: error: connection to server at \"h\", port 25061 failed: FATAL:  SSL required", "The connection is not encrypted, and the cluster takes no other" },
        { "connect ETIMEDOUT 203.0.113.7:25061", "Nobody answered: mostly the cluster's trusted sources" },
        { "System.TimeoutException: The operation has timed out.", "Nobody answered: mostly the cluster's trusted sources" },
        { "ERROR: canceling statement due to statement timeout", "The connection was there, and the query was not answered in time" },
        { "dial tcp 127.0.0.1:5432: connect: connection refused", "Nothing listens on that port" },
        { "getaddrinfo ENOTFOUND orders-prod.db", "The host name is not known where the app runs" },
        { "could not translate host name \"ss@h\" to address: Name or service not known", "The host name is not known where the app runs" },
        { "java.net.UnknownHostException: orders", "The host name is not known where the app runs" },
        { "Error: Connection terminated unexpectedly", "The connection was ended from the other side" },
        { "cannot parse `postgres://u:xxxxx@h`: failed to parse as URL (parse: net/url: invalid userinfo)", "The password in the address is not escaped" },
        { "sqlalchemy.exc.NoSuchModuleError: Can't load plugin: sqlalchemy.dialects:postgres", "SQLAlchemy does not take postgres:// any more" },
        { "TypeError: connect() got an unexpected keyword argument 'sslmode'", "asyncpg does not know sslmode" },
        { "Format of the initialization string does not conform to specification starting at index 0.", "Npgsql was given something that is not a .NET connection string" },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_is_known_first_by_its_cause(string message, string first)
    {
        Titles(message).FirstOrDefault().ShouldBe(first);
        Titles($"Unhandled exception.\n   at Some.Code.Main(String[] args)\n{message}\n   at More.Code()").FirstOrDefault().ShouldBe(first);
    }

    [Theory]
    [MemberData(nameof(EverySample))]
    public void Each_known_trouble_knows_its_own_sample(string name)
    {
        var trouble = KnownTroubles.All.Single(trouble => trouble.GetType().Name == name);

        var findings = trouble.Find(Paste(trouble.Sample)).ToList();

        findings.ShouldNotBeEmpty();
        if (trouble is KnownMessage)
        {
            Diagnoser.Explain(Paste(trouble.Sample))[0].ShouldBeEquivalentTo(findings[0]);
        }
    }

    [Fact]
    public void Every_finding_says_why_and_how_to_check_and_begs_nobody()
    {
        foreach (var finding in KnownTroubles.All.SelectMany(trouble => trouble.Find(Paste(trouble.Sample))))
        {
            finding.Title.ShouldNotEndWith(".");
            foreach (var words in (string[])[finding.Cause, finding.Check, .. finding.Changes.Select(change => change.Text)])
            {
                words.ShouldMatch(@"[.?:""]$|\d$", finding.Title);
                words.ShouldNotMatch(@"(?i)\b(?:please|sorry|invalid|forbidden)\b", finding.Title);
            }
        }
    }

    [Fact]
    public void Troubles_have_an_order_of_their_own() =>
        KnownTroubles.All.Select(trouble => trouble.Order).ShouldBeUnique();

    [Theory]
    [InlineData("it does not work")]
    [InlineData("")]
    [InlineData("NullReferenceException at Orders.Save()")]
    [InlineData("ERROR: duplicate key value violates unique constraint \"orders_pkey\"")]
    [InlineData("query took 30 ms, statement_timeout is 5000")]
    public void What_is_not_known_is_not_guessed(string text) => Titles(text).ShouldBeEmpty();

    [Theory]
    [InlineData("postgresql://app:x@h:25060/checkout-app?sslmode=require", "checkout-app is a pool, and 25060 is not the pool's port")]
    [InlineData("postgresql://app:x@h:25061/checkout?sslmode=require", "checkout is a database, not a pool")]
    [InlineData("postgresql://app:x@h:25061/chekout-app?sslmode=require", "The portal knows no pool chekout-app")]
    [InlineData("postgresql://app:x@h/checkout-app?sslmode=require", "The string names no port")]
    [InlineData("postgresql://app:x@h:25061?sslmode=require", "The string names no pool")]
    [InlineData("postgresql://doadmin:x@h:25061/checkout-app?sslmode=require", "The pool checkout-app belongs to the user app, not doadmin")]
    [InlineData("postgresql://app:x@h:25061/checkout-app", "Nothing in the string asks for encryption")]
    [InlineData("postgresql://app:x@h:25061/checkout-app?sslmode=disable", "The string forbids or does not want encryption")]
    [InlineData("postgresql://app:x/y@h:25061/checkout-app?sslmode=require", "The password in the address is not escaped")]
    [InlineData("postgresql://app:x@h:25061/checkout-app?sslmode=require&options=-c%20search_path%3Dx", "A pool does not take options when a client connects")]
    [InlineData("jdbc:postgresql://h:25061/checkout-app?sslmode=require&currentSchema=x&prepareThreshold=0", "A pool does not take search_path when a client connects")]
    [InlineData("jdbc:postgresql://h:25061/checkout-app?sslmode=require", "JDBC prepares what runs five times")]
    [InlineData("postgresql://app:x@h:25061/checkout-app?sslmode=require&pgbouncer=true", "pgbouncer=true is wrong where the pool keeps track of prepared statements")]
    [InlineData("postgresql://app:x@h:25061/checkout-app?sslmode=require&channel_binding=require", "A pool knows no channel binding")]
    [InlineData("postgres://app:x@h:25061/checkout-app?sslmode=require", "SQLAlchemy does not take postgres:// any more")]
    [InlineData("postgresql+asyncpg://app:x@h:25061/checkout-app?sslmode=require", "asyncpg does not know sslmode")]
    [InlineData("Host=h;Port=25061;Database=checkout-app;Username=app;Password=x;SSL Mode=Require;Max Auto Prepare=20;No Reset On Close=true", "Max Auto Prepare names prepared statements, which the pool must keep track of")]
    [InlineData("Host=h;Port=25061;Database=checkout-app;Username=app;Password=x;SSL Mode=Require;Trust Server Certificate=true;No Reset On Close=true", "Trust Server Certificate: the server's certificate is not verified")]
    [InlineData("Host=h;Port=25061;Database=checkout-app;Username=app;Password=x;SSL Mode=Require;Server Compatibility Mode=Redshift;No Reset On Close=true", "Server Compatibility Mode is not needed for PgBouncer any more")]
    [InlineData("Host=h;Port=25061;Database=checkout-app;Username=app;Password=x;SSL Mode=Require", "No Reset On Close is not set")]
    [InlineData("Host=h;Port=25061;Database=reports-ro;Username=ro;Password=x;SSL Mode=Require", "Npgsql may open 100 connections, and reports-ro has 20")]
    [InlineData("Server=h;Port=25061;Database=checkout-app;User Id=app;Password=x;SslMode=Require;Search Path=y;No Reset On Close=true", "A pool does not take search_path when a client connects")]
    [InlineData("psql -h h -p 25060 -U app -d checkout-app", "checkout-app is a pool, and 25060 is not the pool's port")]
    [InlineData("PGPASSWORD=x psql \"host=h port=25061 dbname=checkout user=app sslmode=require\"", "checkout is a database, not a pool")]
    [InlineData("DATABASE_URL='postgresql://app:x@h:25061/checkout?sslmode=require'", "checkout is a database, not a pool")]
    [InlineData("host=h port=25061 dbname=pgbouncer user=app sslmode=require", "pgbouncer is PgBouncer's own console, not a pool")]
    [InlineData("pgsql:host=h;port=25060;dbname=checkout-app;sslmode=require", "checkout-app is a pool, and 25060 is not the pool's port")]
    [InlineData("'HOST': 'h', 'PORT': '25061', 'NAME': 'checkout', 'USER': 'app', 'PASSWORD': 'x', 'OPTIONS': {'sslmode': 'require'}", "checkout is a database, not a pool")]
    public void A_string_is_compared_with_what_is_known(string text, string first) => Titles(text).FirstOrDefault().ShouldBe(first);

    [Theory]
    [InlineData("postgresql://app:x@h:25061/checkout-app?sslmode=require")]
    [InlineData("Host=h;Port=25061;Database=checkout-app;Username=app;Password=x;SSL Mode=VerifyFull;Root Certificate=ca-certificate.crt;No Reset On Close=true")]
    [InlineData("Host=h;Port=25061;Database=reports-ro;Username=ro;Password=x;SSL Mode=Require;Maximum Pool Size=20")]
    [InlineData("jdbc:postgresql://h:25061/checkout-app?sslmode=require&prepareThreshold=0")]
    [InlineData("host=h port=25061 dbname=checkout-app user=app sslmode=verify-full sslrootcert=ca-certificate.crt")]
    public void A_string_that_is_right_is_left_alone(string text) => Titles(text).ShouldBeEmpty();

    [Fact]
    public void A_string_for_another_pool_than_the_page_it_came_from_is_told()
    {
        var known = new Surroundings(Reports, [Checkout, Reports], Databases);

        Diagnoser.Explain(Paste("postgresql://app:x@h:25061/checkout-app?sslmode=require", known))
            .ShouldHaveSingleItem().Title.ShouldBe("This string is for another pool than reports-ro");
    }

    [Fact]
    public void The_words_of_a_driver_name_it()
    {
        Drivers.SeenIn("at Npgsql.Internal.NpgsqlConnector.Open").ShouldBe(Drivers.Npgsql);
        Drivers.SeenIn("django.db.utils.OperationalError: (psycopg)").ShouldBe(Drivers.Django);
        Drivers.SeenIn("org.postgresql.util.PSQLException").ShouldBe(Drivers.Jdbc);
        Drivers.SeenIn("it does not work").ShouldBeNull();
    }

    [Fact]
    public void What_was_read_holds_no_password_and_no_value_that_may_be_one()
    {
        var connection = ConnectionReader.Read(PasswordCut.Cut("postgresql://app:s3cr3t@h:25061/p?application_name=s3cr3t-too&sslmode=require")).ShouldNotBeNull();

        var facts = string.Join('\n', ReadFacts.Of(connection, null));

        facts.ShouldNotContain("s3cr3t");
        facts.ShouldContain("given; cut out");
        facts.ShouldContain("25061, the pool's");
        facts.ShouldContain("applicationname");
    }

    private static ILookup<string, string> Databases { get; } = ((string[])["checkout", "reports", "defaultdb"]).ToLookup(name => name, _ => "orders-prod", StringComparer.Ordinal);

    private static Pasted Paste(string text, Surroundings? known = null)
    {
        var cut = PasswordCut.Cut(text);
        return new Pasted(cut, ConnectionReader.Read(cut), known ?? new Surroundings(null, [Checkout, Reports], Databases));
    }

    private static IEnumerable<string> Titles(string text) => Diagnoser.Explain(Paste(text)).Select(finding => finding.Title);
}
