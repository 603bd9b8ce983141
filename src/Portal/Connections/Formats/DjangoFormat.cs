namespace Portal.Connections.Formats;

/// <summary>The settings of Django.</summary>
/// <seealso href="https://docs.djangoproject.com/en/5.2/ref/databases/#transaction-pooling-and-server-side-cursors"/>
internal sealed class DjangoFormat : IConnectionFormat
{
    private const string NoCursors = "\"DISABLE_SERVER_SIDE_CURSORS\": True";

    public string Id => "django";

    public string Name => "Python (Django)";

    public int Order => 180;

    public string Caption(ConnectionDetails details) => ".env and settings.py";

    public string Write(ConnectionDetails details) => TwoFiles.Write(details, Address.Write(details, "postgresql"), "# settings.py", string.Join('\n', [
        "import os",
        "from urllib.parse import unquote, urlsplit",
        "",
        "DATABASES = {",
        $"    \"{(details.IsDirect ? "direct" : "default")}\": {{",
        "        \"ENGINE\": \"django.db.backends.postgresql\",",
        $"        \"HOST\": {Escape.DoubleQuoted(details.Endpoint.Host)},",
        $"        \"PORT\": \"{CommonSettings.Number(details.Endpoint.Port)}\",",
        $"        \"NAME\": {Escape.DoubleQuoted(details.Target)},",
        $"        \"USER\": {Escape.DoubleQuoted(details.User)},",
        $"        \"PASSWORD\": unquote(urlsplit(os.environ[\"{details.Variable}\"]).password),",
        .. details.KeepsSession ? [] : (string[])[$"        {NoCursors},"],
        $"        {Age(details)},",
        $"        \"OPTIONS\": {{{string.Join(", ", Options(details))}}},",
        "    },",
        "}",
    ]));

    public IReadOnlyList<FormatSetting> Settings(ConnectionDetails details) =>
    [
        TwoFiles.LineSetting(details),
        CommonSettings.Port(details, "\"PORT\": \""),
        CommonSettings.Target(details, $"\"NAME\": {Escape.DoubleQuoted(details.Target)}"),
        .. details.IsDirect ? [new("\"direct\"", "A second name beside \"default\", for manage.py migrate --database direct.")] : (FormatSetting[])[],
        .. details.KeepsSession
            ? []
            : (FormatSetting[])[new(NoCursors, "QuerySet.iterator() would open a cursor that outlives its transaction, and the next one may be on another server connection.")],
        new(
            Age(details),
            details.KeepsSession
                ? "Gives the connection back after each request: as long as it is open, it holds a server connection."
                : "Keeps a connection to the pool for a minute: in this mode an idle one costs the database nothing."),
        .. CommonSettings.Tls(details, Options(details)[0], Options(details)[^1]),
    ];

    private static string Age(ConnectionDetails details) => $"\"CONN_MAX_AGE\": {(details.KeepsSession ? "0" : "60")}";

    private static string[] Options(ConnectionDetails details) => details.Verify
        ? ["\"sslmode\": \"verify-full\"", $"\"sslrootcert\": \"{ConnectionDetails.CaFile}\""]
        : ["\"sslmode\": \"require\""];
}
