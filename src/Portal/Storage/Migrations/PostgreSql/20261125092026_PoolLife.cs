using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Storage.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class PoolLife : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "primary_id",
                table: "clusters",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "replicas_read_at",
                table: "clusters",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "appeared_at",
                table: "changes",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "pool_tests",
                columns: table => new
                {
                    cluster_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(63)", maxLength: 63, nullable: false),
                    tested_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    prepared = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    in_use_seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    active = table.Column<int>(type: "integer", nullable: true),
                    idle_in_transaction = table.Column<int>(type: "integer", nullable: true),
                    idle = table.Column<int>(type: "integer", nullable: true),
                    waiting = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_pool_tests", x => new { x.cluster_id, x.name });
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "pool_tests");

            migrationBuilder.DropColumn(
                name: "primary_id",
                table: "clusters");

            migrationBuilder.DropColumn(
                name: "replicas_read_at",
                table: "clusters");

            migrationBuilder.DropColumn(
                name: "appeared_at",
                table: "changes");
        }
    }
}
