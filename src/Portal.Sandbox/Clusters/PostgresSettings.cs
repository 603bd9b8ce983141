using System.Globalization;
using Portal.Sandbox.DigitalOcean;

namespace Portal.Sandbox.Clusters;

/// <summary>What PostgreSQL reads.</summary>
internal static class PostgresSettings
{
    /// <summary>TLS or nothing, as on DigitalOcean; the socket is for the sandbox itself.</summary>
    public const string HostBasedAccess = """
        local all all scram-sha-256
        hostssl all all all scram-sha-256

        """;

    /// <remarks>
    /// Small and careless of its data, which nobody keeps. <c>max_connections</c> is what the plan has: the budget and three that are reserved.
    /// No statement is ever logged: a statement that sets a password carries it.
    /// </remarks>
    public static string Server(ClusterFacts facts, ClusterAddress address, string listen, string folder) => string.Create(CultureInfo.InvariantCulture, $"""
        listen_addresses = '{listen}'
        port = {address.DirectPort}
        unix_socket_directories = '{folder}'
        unix_socket_permissions = 0700
        hba_file = '{folder}/pg_hba.conf'
        ssl = on
        ssl_cert_file = '{folder}/server.crt'
        ssl_key_file = '{folder}/server.key'
        password_encryption = scram-sha-256
        max_connections = {facts.Budget + 3}
        superuser_reserved_connections = 3
        shared_buffers = 16MB
        fsync = off
        synchronous_commit = off
        full_page_writes = off
        wal_level = minimal
        max_wal_senders = 0
        autovacuum = off
        log_statement = none
        log_min_error_statement = panic

        """);
}
