using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Design.Internal;
using Microsoft.EntityFrameworkCore.Migrations.Design;
using Microsoft.Extensions.DependencyInjection;
using Portal.Storage;

#pragma warning disable EF1001 // The scaffolder has no public door but the command that is not at hand.

if (args is not [var name])
{
    Console.Error.WriteLine("usage: dotnet run --project eng/Migrations -- NameOfMigration");
    return 2;
}

var storage = Path.GetFullPath("src/Portal/Storage/Migrations");
if (!Directory.Exists(storage))
{
    Console.Error.WriteLine("Run it from the top of the repository.");
    return 2;
}

Write("Sqlite", new SqlitePortalDbContext(new DbContextOptionsBuilder<SqlitePortalDbContext>().UseSqlite("Data Source=:memory:").Options));
Write("PostgreSql", new PostgreSqlPortalDbContext(new DbContextOptionsBuilder<PostgreSqlPortalDbContext>().UseNpgsql("Host=localhost").Options));
return 0;

void Write(string engine, PortalDbContext context)
{
    var assembly = typeof(PortalDbContext).Assembly;
    var reporter = new OperationReporter(new OperationReportHandler(Console.Error.WriteLine, Console.Error.WriteLine));
    var services = new DesignTimeServicesBuilder(assembly, assembly, reporter, []).Build(context);
    using var scope = services.GetRequiredService<IServiceScopeFactory>().CreateScope();
    var scaffolder = scope.ServiceProvider.GetRequiredService<IMigrationsScaffolder>();
    var migration = scaffolder.ScaffoldMigration(name, "Portal.Storage", $"Migrations.{engine}", "C#");
    var folder = Path.Combine(storage, engine);
    scaffolder.Save(Path.GetDirectoryName(storage)!, migration, folder, dryRun: false);
    Console.WriteLine($"{engine}: {migration.MigrationId}");
    context.Dispose();
}
