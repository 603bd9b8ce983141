using System.Reflection;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Portal.Storage;

namespace Portal.Tests.Conventions;

/// <summary>Portals of two versions run side by side while one is replaced after the other, on tables that the newer one has already changed.</summary>
public sealed class UpgradeTests
{
    /// <summary>Up to here tables were made for the first release: no other version has ever run on them.</summary>
    private const string FirstRelease = "20261201000000";

    [Fact]
    public void A_later_migration_only_adds_what_the_version_before_it_can_do_without() =>
        typeof(PortalDbContext).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Migration)) && string.CompareOrdinal(IdOf(type), FirstRelease) > 0)
            .SelectMany(type => FaultsOf((Migration)Activator.CreateInstance(type)!).Select(fault => $"{IdOf(type)} in {type.Namespace}: {fault}"))
            .ShouldBeEmpty("Add first, fill, and take away one release later.");

    [Fact]
    public void What_the_version_before_could_not_do_without_is_found() => FaultsOf(new Breaking()).ShouldBe(
    [
        "DropColumnOperation of changes",
        "RenameColumnOperation of changes",
        "DropTableOperation of drafts",
        "AlterColumnOperation of sessions",
        "AddColumnOperation of sessions: an insert of the version before leaves needed out",
    ]);

    private static string IdOf(Type migration) => migration.GetCustomAttribute<MigrationAttribute>()!.Id;

    private static IEnumerable<string> FaultsOf(Migration migration)
    {
        migration.ActiveProvider = "any";
        return migration.UpOperations.Select(FaultOf).OfType<string>();
    }

    private static string? FaultOf(MigrationOperation operation) => operation switch
    {
        CreateTableOperation or CreateIndexOperation { IsUnique: false } or DropIndexOperation or DropForeignKeyOperation or DropCheckConstraintOperation or SqlOperation => null,
        AddColumnOperation { IsNullable: true } or AddColumnOperation { DefaultValue: not null } or AddColumnOperation { DefaultValueSql: not null } => null,
        AddColumnOperation column => $"AddColumnOperation of {column.Table}: an insert of the version before leaves {column.Name} out",
        ITableMigrationOperation table => $"{operation.GetType().Name} of {table.Table}",
        _ => operation.GetType().Name,
    };

    private sealed class Breaking : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn("gone", "changes");
            migrationBuilder.RenameColumn("old", "changes", "new");
            migrationBuilder.DropTable("drafts");
            migrationBuilder.AlterColumn<string>("narrower", "sessions", maxLength: 3);
            migrationBuilder.AddColumn<string>("needed", "sessions", nullable: false);
            migrationBuilder.AddColumn<string>("optional", "sessions", nullable: true);
            migrationBuilder.AddColumn<int>("counted", "sessions", nullable: false, defaultValue: 1);
            migrationBuilder.CreateTable("tomorrow", table => new { Id = table.Column<int>() });
            migrationBuilder.CreateIndex("ix_tomorrow", "tomorrow", "Id");
        }
    }
}
