using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Portal.Storage.Migrations.PostgreSql;

/// <summary>Rows of the audit up to the highest removal may be deleted, and no other. What proves the rest is as append-only as the rest.</summary>
[DbContext(typeof(PostgreSqlPortalDbContext))]
[Migration("20261125130000_AuditLetsRemovedGo")]
internal sealed class AuditLetsRemovedGo : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE FUNCTION audit_refuse_delete() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF OLD.sequence > (SELECT coalesce(max(through), 0) FROM audit_removals) THEN
                RAISE EXCEPTION 'audit is append-only';
            END IF;
            RETURN OLD;
        END
        $$;
        DROP TRIGGER audit_refuses_change ON audit;
        CREATE TRIGGER audit_refuses_change BEFORE UPDATE ON audit FOR EACH ROW EXECUTE FUNCTION audit_refuse();
        CREATE TRIGGER audit_refuses_delete BEFORE DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_refuse_delete();
        CREATE TRIGGER audit_checkpoints_refuses_change BEFORE UPDATE OR DELETE ON audit_checkpoints FOR EACH ROW EXECUTE FUNCTION audit_refuse();
        CREATE TRIGGER audit_checkpoints_refuses_truncate BEFORE TRUNCATE ON audit_checkpoints FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
        CREATE TRIGGER audit_removals_refuses_change BEFORE UPDATE OR DELETE ON audit_removals FOR EACH ROW EXECUTE FUNCTION audit_refuse();
        CREATE TRIGGER audit_removals_refuses_truncate BEFORE TRUNCATE ON audit_removals FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DROP TRIGGER audit_removals_refuses_change ON audit_removals;
        DROP TRIGGER audit_removals_refuses_truncate ON audit_removals;
        DROP TRIGGER audit_checkpoints_refuses_change ON audit_checkpoints;
        DROP TRIGGER audit_checkpoints_refuses_truncate ON audit_checkpoints;
        DROP TRIGGER audit_refuses_delete ON audit;
        DROP TRIGGER audit_refuses_change ON audit;
        CREATE TRIGGER audit_refuses_change BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_refuse();
        DROP FUNCTION audit_refuse_delete();
        """);
}
