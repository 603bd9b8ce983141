using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Portal.Storage.Migrations.Sqlite;

/// <summary>Rows of the audit up to the highest removal may be deleted, and no other. What proves the rest is as append-only as the rest.</summary>
[DbContext(typeof(SqlitePortalDbContext))]
[Migration("20261125130000_AuditLetsRemovedGo")]
internal sealed class AuditLetsRemovedGo : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("DROP TRIGGER audit_refuses_delete");
        migrationBuilder.Sql(
            """
            CREATE TRIGGER audit_refuses_delete BEFORE DELETE ON audit
            WHEN OLD.sequence > (SELECT coalesce(max(through), 0) FROM audit_removals)
            BEGIN
                SELECT RAISE(ABORT, 'audit is append-only');
            END
            """);
        foreach (var (table, action) in Kept())
        {
            migrationBuilder.Sql(
                $"""
                CREATE TRIGGER {table}_refuses_{action.ToLowerInvariant()} BEFORE {action} ON {table}
                BEGIN
                    SELECT RAISE(ABORT, 'audit is append-only');
                END
                """);
        }
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var (table, action) in Kept())
        {
            migrationBuilder.Sql($"DROP TRIGGER {table}_refuses_{action.ToLowerInvariant()}");
        }

        migrationBuilder.Sql("DROP TRIGGER audit_refuses_delete");
        migrationBuilder.Sql(
            """
            CREATE TRIGGER audit_refuses_delete BEFORE DELETE ON audit
            BEGIN
                SELECT RAISE(ABORT, 'audit is append-only');
            END
            """);
    }

    private static IEnumerable<(string Table, string Action)> Kept() =>
        from table in new[] { "audit_checkpoints", "audit_removals" }
        from action in new[] { "UPDATE", "DELETE" }
        select (table, action);
}
