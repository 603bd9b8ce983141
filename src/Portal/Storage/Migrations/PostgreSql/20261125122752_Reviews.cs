using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Portal.Storage.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Reviews : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameColumn(
                name: "approver_name",
                table: "changes",
                newName: "decided_by_name");

            migrationBuilder.RenameColumn(
                name: "approver_id",
                table: "changes",
                newName: "decided_by_id");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "ends_at",
                table: "managed_pools",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "last_look_at",
                table: "managed_pools",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "last_look_by",
                table: "managed_pools",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "pools_known_at",
                table: "clusters",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "asked_size",
                table: "changes",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "decided_at",
                table: "changes",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "seen_by_id",
                table: "changes",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "seen_by_name",
                table: "changes",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "decision_note",
                table: "changes",
                type: "character varying(500)",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "ends_at",
                table: "changes",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_urgent",
                table: "changes",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "reminded_at",
                table: "changes",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "seen_at",
                table: "changes",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "audit_checkpoints",
                columns: table => new
                {
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    previous = table.Column<byte[]>(type: "bytea", nullable: false),
                    key_id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    signature = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_checkpoints", x => x.sequence);
                });

            migrationBuilder.CreateTable(
                name: "audit_removals",
                columns: table => new
                {
                    through = table.Column<long>(type: "bigint", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    by_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    file_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_removals", x => x.through);
                });

            migrationBuilder.CreateTable(
                name: "freezes",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    cluster_id = table.Column<Guid>(type: "uuid", nullable: true),
                    cluster_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    words = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    by_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    by_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_by_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_freezes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "notice_cursor",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notice_cursor", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "notices",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    body = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    not_before = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    delivered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    given_up_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    failure = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notices", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "people",
                columns: table => new
                {
                    id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    roles = table.Column<string>(type: "text", nullable: false),
                    groups = table.Column<string>(type: "text", nullable: false),
                    last_sign_in_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_people", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_managed_pools_ends_at",
                table: "managed_pools",
                column: "ends_at");

            migrationBuilder.CreateIndex(
                name: "IX_managed_pools_next_look_at",
                table: "managed_pools",
                column: "next_look_at");

            migrationBuilder.CreateIndex(
                name: "IX_changes_state_team",
                table: "changes",
                columns: new[] { "state", "team" });

            migrationBuilder.CreateIndex(
                name: "IX_changes_urgent",
                table: "changes",
                column: "team",
                filter: "is_urgent AND seen_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_audit_action",
                table: "audit",
                column: "action");

            migrationBuilder.CreateIndex(
                name: "IX_audit_actor_id",
                table: "audit",
                column: "actor_id");

            migrationBuilder.CreateIndex(
                name: "IX_audit_at",
                table: "audit",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "IX_freezes_until",
                table: "freezes",
                column: "until");

            migrationBuilder.CreateIndex(
                name: "IX_notices_delivered_at_given_up_at_not_before",
                table: "notices",
                columns: new[] { "delivered_at", "given_up_at", "not_before" });

            migrationBuilder.CreateIndex(
                name: "IX_notices_sequence",
                table: "notices",
                column: "sequence",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_people_last_sign_in_at",
                table: "people",
                column: "last_sign_in_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "audit_checkpoints");

            migrationBuilder.DropTable(
                name: "audit_removals");

            migrationBuilder.DropTable(
                name: "freezes");

            migrationBuilder.DropTable(
                name: "notice_cursor");

            migrationBuilder.DropTable(
                name: "notices");

            migrationBuilder.DropTable(
                name: "people");

            migrationBuilder.DropIndex(
                name: "IX_managed_pools_ends_at",
                table: "managed_pools");

            migrationBuilder.DropIndex(
                name: "IX_managed_pools_next_look_at",
                table: "managed_pools");

            migrationBuilder.DropIndex(
                name: "IX_changes_state_team",
                table: "changes");

            migrationBuilder.DropIndex(
                name: "IX_changes_urgent",
                table: "changes");

            migrationBuilder.DropIndex(
                name: "IX_audit_action",
                table: "audit");

            migrationBuilder.DropIndex(
                name: "IX_audit_actor_id",
                table: "audit");

            migrationBuilder.DropIndex(
                name: "IX_audit_at",
                table: "audit");

            migrationBuilder.DropColumn(
                name: "ends_at",
                table: "managed_pools");

            migrationBuilder.DropColumn(
                name: "last_look_at",
                table: "managed_pools");

            migrationBuilder.DropColumn(
                name: "last_look_by",
                table: "managed_pools");

            migrationBuilder.DropColumn(
                name: "pools_known_at",
                table: "clusters");

            migrationBuilder.DropColumn(
                name: "asked_size",
                table: "changes");

            migrationBuilder.DropColumn(
                name: "decided_at",
                table: "changes");

            migrationBuilder.DropColumn(
                name: "seen_by_id",
                table: "changes");

            migrationBuilder.DropColumn(
                name: "seen_by_name",
                table: "changes");

            migrationBuilder.DropColumn(
                name: "decision_note",
                table: "changes");

            migrationBuilder.DropColumn(
                name: "ends_at",
                table: "changes");

            migrationBuilder.DropColumn(
                name: "is_urgent",
                table: "changes");

            migrationBuilder.DropColumn(
                name: "reminded_at",
                table: "changes");

            migrationBuilder.DropColumn(
                name: "seen_at",
                table: "changes");

            migrationBuilder.RenameColumn(
                name: "decided_by_name",
                table: "changes",
                newName: "approver_name");

            migrationBuilder.RenameColumn(
                name: "decided_by_id",
                table: "changes",
                newName: "approver_id");
        }
    }
}
