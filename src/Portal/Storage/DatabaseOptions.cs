using System.ComponentModel.DataAnnotations;

namespace Portal.Storage;

internal enum DatabaseProvider
{
    Sqlite,
    PostgreSql,
}

/// <summary>Where the portal keeps what it knows: <c>Database</c> in the settings.</summary>
internal sealed class DatabaseOptions
{
    public const string Section = "Database";

    /// <summary>SQLite needs nothing and serves one portal; PostgreSQL serves several. Default: <c>Sqlite</c>.</summary>
    [EnumDataType(typeof(DatabaseProvider), ErrorMessage = "Database:Provider must be Sqlite or PostgreSql.")]
    public DatabaseProvider Provider { get; init; } = DatabaseProvider.Sqlite;

    /// <summary>The provider's own connection string. Default: the file <c>portal.db</c> in the working folder.</summary>
    [Required(ErrorMessage = "Database:ConnectionString must say where the portal's database is, for example Data Source=portal.db.")]
    public string ConnectionString { get; init; } = "Data Source=portal.db";
}
