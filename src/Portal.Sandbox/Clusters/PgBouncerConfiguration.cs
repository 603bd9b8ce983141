using System.Globalization;
using System.Text;
using Portal.Sandbox.DigitalOcean;

namespace Portal.Sandbox.Clusters;

/// <summary>What PgBouncer reads: the pools, who may come in, and how.</summary>
internal static class PgBouncerConfiguration
{
    public const string Administrator = "sandbox_administrator";

    /// <summary>
    /// The console is open to whoever can enter the folder of the socket; everybody else comes over TLS, with a password, and not to the console.
    /// </summary>
    /// <param name="statsUsers">May come to the console, too, where they see statistics only.</param>
    public static string HostBasedAccess(IEnumerable<string> statsUsers) => $"""
        local pgbouncer {Administrator} trust
        {string.Concat(statsUsers.Select(user => $"hostssl pgbouncer {user} 0.0.0.0/0 scram-sha-256\nhostssl pgbouncer {user} ::/0 scram-sha-256\n"))}
        host pgbouncer all 0.0.0.0/0 reject
        host pgbouncer all ::/0 reject
        hostssl all all 0.0.0.0/0 scram-sha-256
        hostssl all all ::/0 scram-sha-256

        """;

    public static string Settings(ClusterContents contents, ClusterAddress address, string listen, string folder, IEnumerable<string> statsUsers)
    {
        var text = new StringBuilder("[databases]\n");
        foreach (var pool in contents.Pools)
        {
            text.Append(CultureInfo.InvariantCulture, $"{pool.Name} = host=127.0.0.1 port={address.DirectPort} dbname={Quoted(pool.Database)}");
            text.Append(pool.IsInbound ? "" : $" user={Quoted(pool.User)}");
            text.Append(CultureInfo.InvariantCulture, $" pool_size={pool.Size} pool_mode={pool.Mode}\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"""

            [pgbouncer]
            listen_addr = {listen}
            listen_port = {address.PoolPort}
            unix_socket_dir = {folder}
            unix_socket_mode = 0700
            auth_type = hba
            auth_hba_file = {folder}/pgbouncer_hba.conf
            auth_file = {folder}/userlist.txt
            admin_users = {Administrator}
            stats_users = {string.Join(", ", statsUsers)}
            client_tls_sslmode = require
            client_tls_cert_file = {folder}/server.crt
            client_tls_key_file = {folder}/server.key
            server_tls_sslmode = prefer
            ignore_startup_parameters = extra_float_digits
            max_client_conn = 1000
            server_login_retry = 1
            log_connections = 0
            log_disconnections = 0

            """).ToString();
    }

    /// <summary>Plain passwords: PgBouncer logs in to PostgreSQL with them, which takes SCRAM only.</summary>
    public static string Users(ClusterContents contents, string administratorPassword) => string.Concat(
        contents.Users.Append(new DatabaseUser(Administrator, administratorPassword))
            .Select(user => $"\"{user.Name}\" \"{user.Password.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n"));

    private static string Quoted(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
}
