namespace Portal.Connections.Formats;

/// <summary>The <c>database.yml</c> of Ruby on Rails.</summary>
/// <seealso href="https://guides.rubyonrails.org/configuring.html#configuring-a-postgresql-database"/>
internal sealed class RailsFormat : IConnectionFormat
{
    private const string NeverPrepare = "prepared_statements: false";
    private const string NoLocks = "advisory_locks: false";

    public string Id => "rails";

    public string Name => "Ruby on Rails";

    public int Order => 200;

    public string Caption(ConnectionDetails details) => ".env and config/database.yml";

    public string Write(ConnectionDetails details) => TwoFiles.Write(
        details,
        Address.Write(details, "postgresql", Address.Tls(details)),
        "# config/database.yml",
        string.Join('\n', [
            "production:",
            "  adapter: postgresql",
            $"  url: <%= ENV[\"{details.Variable}\"] %>",
            $"  {Most(details)}",
            .. details.MayPrepare ? [] : (string[])[$"  {NeverPrepare}"],
            .. details.KeepsSession ? [] : (string[])[$"  {NoLocks}"],
        ]));

    public IReadOnlyList<FormatSetting> Settings(ConnectionDetails details) =>
    [
        TwoFiles.LineSetting(details),
        CommonSettings.Port(details, ":"),
        CommonSettings.Target(details, $"/{Escape.Uri(details.Target)}?"),
        .. Address.TlsSettings(details),
        .. details.IsDirect
            ? [new("production:", "In the place of the pool's, and for migrations only. DATABASE_URL=$DATABASE_URL_DIRECT bin/rails db:migrate does the same without a second file.")]
            : (FormatSetting[])[],
        CommonSettings.Connections(details, Most(details)),
        .. details.MayPrepare ? [] : (FormatSetting[])[CommonSettings.NotPrepared(details, NeverPrepare)],
        .. details.KeepsSession
            ? []
            : (FormatSetting[])[new(NoLocks, "Migrations take a lock that belongs to a session, and here the session is shared. Better still: run them with the direct connection.")],
    ];

    private static string Most(ConnectionDetails details) => $"pool: {CommonSettings.Number(details.ClientConnections)}";
}
