using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Storage.Migrations.Sqlite
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
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "replicas_read_at",
                table: "clusters",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "appeared_at",
                table: "changes",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "pool_tests",
                columns: table => new
                {
                    cluster_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 63, nullable: false),
                    tested_at = table.Column<string>(type: "TEXT", nullable: false),
                    prepared = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    in_use_seen_at = table.Column<string>(type: "TEXT", nullable: true),
                    active = table.Column<int>(type: "INTEGER", nullable: true),
                    idle_in_transaction = table.Column<int>(type: "INTEGER", nullable: true),
                    idle = table.Column<int>(type: "INTEGER", nullable: true),
                    waiting = table.Column<int>(type: "INTEGER", nullable: true)
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
