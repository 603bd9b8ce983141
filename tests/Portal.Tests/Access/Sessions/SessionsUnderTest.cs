using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Portal.Access;
using Portal.Audit;
using Portal.Storage;

namespace Portal.Tests.Access.Sessions;

/// <summary>The session store over a database file of its own, with a clock that a test moves.</summary>
internal sealed class SessionsUnderTest : IAsyncDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"sessions-{Guid.NewGuid():N}.db");
    private readonly ServiceProvider _services;

    private SessionsUnderTest()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider(NullLoggerFactory.Instance));
        services.AddSingleton<IOptions<DatabaseOptions>>(Options.Create(new DatabaseOptions { ConnectionString = $"Data Source={_file};Pooling=False" }));
        services.AddSingleton<IDbContextFactory<PortalDbContext>, Contexts>();
        services.AddSingleton(Options.Create(new AccessOptions()));
        services.AddSingleton<Database>();
        services.AddSingleton(Options.Create(new AuditOptions()));
        services.AddSingleton<HeadsOutside>();
        services.AddSingleton<AuditLog>();
        services.AddSingleton<Neighbours>();
        services.AddSingleton<SessionFeed>();
        services.AddSingleton<Portal.Access.Sessions>();
        services.AddMetrics();
        services.AddSingleton<AccessMeter>();
        services.AddSingleton<SessionStore>();
        _services = services.BuildServiceProvider();
    }

    public ManualTimeProvider Clock { get; } = new();

    public Portal.Access.Sessions Sessions => _services.GetRequiredService<Portal.Access.Sessions>();

    public SessionFeed Feed => _services.GetRequiredService<SessionFeed>();

    public Database Database => _services.GetRequiredService<Database>();

    public AuditLog Audit => _services.GetRequiredService<AuditLog>();

    public SessionStore Store => _services.GetRequiredService<SessionStore>();

    public static async Task<SessionsUnderTest> CreateAsync()
    {
        var created = new SessionsUnderTest();
        await using var db = await created._services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        await db.Database.EnsureCreatedAsync();
        return created;
    }

    public static SignedIn Developer(string nonce = "nonce-1") => new()
    {
        Person = new Person("issuer|dana", "Dana Developer", new HashSet<Role> { Role.Developer }, new HashSet<string>(StringComparer.Ordinal) { "Payments" }),
        IdToken = "header.claims.signature",
        ProviderSession = "provider-session-1",
        Nonce = nonce,
    };

    public Task<SessionKey> BeginAsync(string nonce = "nonce-1") => Sessions.BeginAsync(Developer(nonce), CancellationToken.None);

    public async Task<bool> IsOpenAsync(SessionKey key) => (await Sessions.ReadAsync(key, CancellationToken.None)).TryGet(out _, out _);

    public Task<T> ReadAsync<T>(Func<PortalDbContext, Task<T>> query) => _services.GetRequiredService<Database>().ReadAsync(query, CancellationToken.None);

    public Task<List<Session>> RowsAsync() => ReadAsync(db => db.Set<Session>().ToListAsync());

    public Task<List<AuditRow>> AuditAsync() => ReadAsync(db => db.Set<AuditRow>().OrderBy(row => row.Sequence).ToListAsync());

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        foreach (var file in Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(_file) + "*"))
        {
            File.Delete(file);
        }
    }

    private sealed class Contexts(IOptions<DatabaseOptions> options) : IDbContextFactory<PortalDbContext>
    {
        public PortalDbContext CreateDbContext() =>
            new SqlitePortalDbContext(new DbContextOptionsBuilder<SqlitePortalDbContext>().UseSqlite(options.Value.ConnectionString).Options);
    }
}
