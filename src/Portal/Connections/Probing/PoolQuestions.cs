using Npgsql;

namespace Portal.Connections.Probing;

/// <summary>What a test asks the server. Each question is one statement, changes nothing, and leaves nothing behind on a connection that others get next.</summary>
internal static class PoolQuestions
{
    /// <summary>Which server connection the pool lent for this statement.</summary>
    public static async Task<int> BackendAsync(NpgsqlConnection connection, TimeSpan patience, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "select pg_backend_pid()";
        command.CommandTimeout = (int)Math.Ceiling(patience.TotalSeconds);
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public static async Task<Privileges> PrivilegesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        // By the schema's oid: the name of one that is not there would be an error.
        command.CommandText = """
            select current_database()::text, current_user::text, has_database_privilege(current_database(), 'CONNECT'), pg_is_in_recovery(),
                   (select has_schema_privilege(oid, 'USAGE') from pg_namespace where nspname = 'public'),
                   (select has_schema_privilege(oid, 'CREATE') from pg_namespace where nspname = 'public')
            """;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new Privileges(
            reader.GetString(0),
            reader.GetString(1),
            reader.GetBoolean(2),
            reader.GetBoolean(3),
            reader.IsDBNull(4) ? null : reader.GetBoolean(4),
            reader.IsDBNull(5) ? null : reader.GetBoolean(5));
    }

    /// <summary>The server connections that look like the pool's, by state, without the one that asks.</summary>
    /// <remarks>
    /// An ordinary user sees the state of its own connections only. PgBouncer gives its server connections the application names of clients, so that what they have
    /// in common is where they come from: the address that this very connection, which PgBouncer lent, comes from.
    /// </remarks>
    /// <param name="isDirect">Whether the connection does not come from PgBouncer: then all of the user's connections to the database are counted.</param>
    public static async Task<InUse> InUseAsync(NpgsqlConnection connection, bool isDirect, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = """
            select count(*) filter (where other.state in ('active', 'fastpath function call'))::int,
                   count(*) filter (where other.state like 'idle in transaction%')::int,
                   count(*) filter (where other.state = 'idle')::int
            from pg_stat_activity me
            left join pg_stat_activity other
              on other.pid <> me.pid and other.backend_type = me.backend_type and other.datname = me.datname and other.usename = me.usename
             and ($1 or other.client_addr is not distinct from me.client_addr)
            where me.pid = pg_backend_pid()
            """;
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = isDirect });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new InUse(now, reader.GetInt32(0), reader.GetInt32(1), reader.GetInt32(2));
    }

    /// <summary>
    /// A named statement of the protocol in a transaction, and what the server calls it: PgBouncer gives it a name of its own where it keeps track.
    /// In the same transaction it is closed again, so that the next client of the server connection does not find it.
    /// </summary>
    /// <seealso href="https://www.pgbouncer.org/config.html#max_prepared_statements"/>
    public static async Task<NamedStatement> PrepareAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "select coalesce(bool_or(name like 'PGBOUNCER\\_%'), false) from pg_prepared_statements";
        try
        {
            await command.PrepareAsync(cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.DuplicatePreparedStatement)
        {
            await transaction.RollbackAsync(cancellationToken);
            return NamedStatement.LeftByAnother;
        }

        var isTracked = (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
        await command.UnprepareAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return isTracked ? NamedStatement.Tracked : NamedStatement.OwnName;
    }
}

/// <summary>What a user may do behind the pool.</summary>
/// <param name="MayUse">Of schema public; null when there is no such schema.</param>
/// <param name="MayCreate">In schema public; null when there is no such schema.</param>
internal sealed record Privileges(string Database, string User, bool MayConnect, bool IsReadOnly, bool? MayUse, bool? MayCreate);

internal enum NamedStatement
{
    OwnName,

    /// <summary>PgBouncer gave it a name.</summary>
    Tracked,

    /// <summary>Another client's statement of the same name is on the server connection: nobody keeps them apart.</summary>
    LeftByAnother,
}
