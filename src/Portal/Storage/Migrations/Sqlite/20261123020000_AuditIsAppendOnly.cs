using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Portal.Storage.Migrations.Sqlite;

/// <summary>A row of the audit is neither changed nor deleted, not by a mistake of ours either.</summary>
[DbContext(typeof(SqlitePortalDbContext))]
[Migration("20261123020000_AuditIsAppendOnly")]
internal sealed class AuditIsAppendOnly : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        foreach (var action in new[] { "UPDATE", "DELETE" })
        {
            migrationBuilder.Sql(
                $"""
                CREATE TRIGGER audit_refuses_{action.ToLowerInvariant()} BEFORE {action} ON audit
                BEGIN
                    SELECT RAISE(ABORT, 'audit is append-only');
                END
                """);
        }
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("DROP TRIGGER audit_refuses_update");
        migrationBuilder.Sql("DROP TRIGGER audit_refuses_delete");
    }
}
