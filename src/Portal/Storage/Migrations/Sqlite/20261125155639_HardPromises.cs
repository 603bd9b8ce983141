using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class HardPromises : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "authenticated_at",
                table: "sessions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "connections_asked",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    person_id = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    cluster_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    pool_name = table.Column<string>(type: "TEXT", maxLength: 63, nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_connections_asked", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_connections_asked_at",
                table: "connections_asked",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "IX_connections_asked_person_id_at",
                table: "connections_asked",
                columns: new[] { "person_id", "at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "connections_asked");

            migrationBuilder.DropColumn(
                name: "authenticated_at",
                table: "sessions");
        }
    }
}
