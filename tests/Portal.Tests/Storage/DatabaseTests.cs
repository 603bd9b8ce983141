using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Portal.Audit;
using Portal.Operations;
using Portal.Storage;
using Portal.Testing;

namespace Portal.Tests.Storage;

public sealed class DatabaseTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("portal-storage-").FullName;
    private ServiceProvider _services = null!;

    public async ValueTask InitializeAsync()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create("Database:ConnectionString", (string?)$"Data Source={Path.Combine(_folder, "portal.db")};Pooling=False")])
            .Build());
        services.AddSingleton(TimeProvider.System);
        services.AddLogging();
        services.AddStorage();
        services.AddAudit();
        _services = services.BuildServiceProvider();
        await using var db = Context();
        await db.Database.MigrateAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Both_engines_have_a_migration_for_all_of_the_model()
    {
        using var sqlite = new SqlitePortalDbContext(new DbContextOptionsBuilder<SqlitePortalDbContext>().UseSqlite("Data Source=:memory:").Options);
        using var postgreSql = new PostgreSqlPortalDbContext(new DbContextOptionsBuilder<PostgreSqlPortalDbContext>().UseNpgsql("Host=localhost").Options);

        sqlite.Database.HasPendingModelChanges().ShouldBeFalse();
        postgreSql.Database.HasPendingModelChanges().ShouldBeFalse();
    }

    [Theory]
    [InlineData("PRAGMA journal_mode", "wal")]
    [InlineData("PRAGMA synchronous", "2")]
    [InlineData("PRAGMA foreign_keys", "1")]
    public async Task Every_connection_to_sqlite_is_durable_and_strict(string pragma, string expected)
    {
        await using var db = Context();
        await db.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = pragma;

        (await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!.ToString().ShouldBe(expected);
    }

    [Fact]
    public async Task Rows_of_many_writers_make_one_chain_without_a_gap()
    {
        var audit = _services.GetRequiredService<AuditLog>();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(number => audit.AppendAsync(new AuditEntry($"entry {number}"), CancellationToken.None)));

        var rows = Rows();
        rows.Select(row => row.Sequence).ShouldBe(Enumerable.Range(1, 50).Select(number => (long)number));
        SomeRecord.FirstBroken(rows).ShouldBeNull();
    }

    [Fact]
    public async Task What_fails_records_nothing_and_changes_nothing()
    {
        var audit = _services.GetRequiredService<AuditLog>();

        await Should.ThrowAsync<InvalidOperationException>(() => audit.CommitAsync(
            (work, _) =>
            {
                work.Db.Add(new Draft { PersonId = "someone", Form = "form", Content = "{}", ChangedAt = DateTimeOffset.UnixEpoch });
                work.Record(new AuditEntry("never"));
                throw new InvalidOperationException("half way");
            },
            CancellationToken.None));

        Rows().ShouldBeEmpty();
        await using var db = Context();
        db.Set<Draft>().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("UPDATE audit SET action = 'something else'")]
    [InlineData("DELETE FROM audit")]
    public async Task The_database_itself_refuses_to_touch_the_record(string statement)
    {
        await _services.GetRequiredService<AuditLog>().AppendAsync(new AuditEntry("kept"), CancellationToken.None);
        await using var db = Context();

        (await Should.ThrowAsync<SqliteException>(() => db.Database.ExecuteSqlRawAsync(statement))).Message.ShouldContain("append-only");
        Rows().ShouldHaveSingleItem().Action.ShouldBe("kept");
    }

    [Fact]
    public async Task A_draft_is_one_a_person_and_form_and_is_gone_when_it_was_sent()
    {
        var drafts = _services.GetRequiredService<Drafts>();
        var token = TestContext.Current.CancellationToken;

        await drafts.SaveAsync("ana", "form", new Typed("first"), token);
        await drafts.SaveAsync("ana", "form", new Typed("second"), token);
        await drafts.SaveAsync("ben", "form", new Typed("other"), token);

        (await drafts.FindAsync<Typed>("ana", "form", token)).ShouldBe(new Typed("second"));
        await drafts.DiscardAsync("ana", "form", token);
        (await drafts.FindAsync<Typed>("ana", "form", token)).ShouldBeNull();
        (await drafts.FindAsync<Typed>("ben", "form", token)).ShouldBe(new Typed("other"));
    }

    [Fact]
    public void A_provider_that_does_not_exist_is_refused_by_name() =>
        Should.Throw<Exception>(() => OptionsUnderTest.Read<DatabaseOptions>(Room, ("Database:Provider", "Oracle"))).ToString().ShouldContain("Database:Provider");

    [Fact]
    public void A_database_without_an_address_is_refused_with_an_example() =>
        OptionsUnderTest.Refusal<DatabaseOptions>(Room, ("Database:ConnectionString", "")).ShouldContain("Data Source=portal.db");

    [Fact]
    public void The_default_is_a_file_in_the_working_folder()
    {
        var options = OptionsUnderTest.Read<DatabaseOptions>(Room);

        options.Provider.ShouldBe(DatabaseProvider.Sqlite);
        options.ConnectionString.ShouldBe("Data Source=portal.db");
    }

    private static void Room(IServiceCollection services) =>
        services.AddStrictOptions<DatabaseOptions>(DatabaseOptions.Section);

    private List<AuditRow> Rows()
    {
        using var db = Context();
        return [.. db.Set<AuditRow>().AsNoTracking().OrderBy(row => row.Sequence)];
    }

    private PortalDbContext Context() => _services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContext();

    private sealed record Typed(string Text);
}
