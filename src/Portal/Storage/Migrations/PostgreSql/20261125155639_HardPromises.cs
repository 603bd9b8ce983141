using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Portal.Storage.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class HardPromises : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "authenticated_at",
                table: "sessions",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "connections_asked",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    person_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    cluster_id = table.Column<Guid>(type: "uuid", nullable: false),
                    pool_name = table.Column<string>(type: "character varying(63)", maxLength: 63, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
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
