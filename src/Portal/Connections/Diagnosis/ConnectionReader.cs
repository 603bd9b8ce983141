using System.Globalization;
using System.Text.RegularExpressions;

namespace Portal.Connections.Diagnosis;

/// <summary>Finds a connection in a text from which passwords were cut, in whichever way it is written.</summary>
internal static partial class ConnectionReader
{
    public const string Npgsql = ".NET connection string";
    public const string Jdbc = "JDBC address";

    private const string Message = "error message";

    private static readonly string[] HostNames = ["host", "hostaddr", "server", "datasource", "pghost"];
    private static readonly string[] PortNames = ["port", "pgport"];
    private static readonly string[] DatabaseNames = ["dbname", "database", "initialcatalog", "pgdatabase", "name"];
    private static readonly string[] UserNames = ["user", "username", "userid", "userinfo", "uid", "pguser"];

    public static PastedConnection? Read(string text) =>
        FromAddress(text) ?? FromSemicolons(text) ?? FromFlags(text) ?? FromPairs(text) ?? FromMessage(text);

    private static PastedConnection? FromAddress(string text)
    {
        if (Address().Match(text) is not { Success: true } address)
        {
            return null;
        }

        var settings = Settings(Query().Matches(address.Groups["query"].Value));
        var isJdbc = address.Groups["jdbc"].Success;
        var password = address.Groups["password"].Value;
        return Build(isJdbc ? Jdbc : "URI", settings) with
        {
            Scheme = address.Groups["scheme"].Value,
            Host = Value(address.Groups["host"]),
            Port = Number(address.Groups["port"].Value),
            Database = Decode(Value(address.Groups["database"])),
            User = Decode(Value(address.Groups["user"])) ?? First(settings, UserNames),
            HasPassword = password.Length > 0 || settings.ContainsKey("password"),
            IsPasswordUnescaped = password == PasswordCut.UnescapedMark,
        };
    }

    private static PastedConnection? FromSemicolons(string text)
    {
        foreach (Match line in Semicolons().Matches(text))
        {
            var settings = Settings(SemicolonPair().Matches(line.Value));
            if (First(settings, HostNames) is not null && settings.Count > 1)
            {
                return Build(line.Value.StartsWith("pgsql:", StringComparison.Ordinal) ? "PDO address" : Npgsql, settings);
            }
        }

        return null;
    }

    private static PastedConnection? FromFlags(string text)
    {
        if (PsqlFlags().Match(text) is not { Success: true } line)
        {
            return null;
        }

        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match flag in Flag().Matches(line.Value))
        {
            settings[flag.Groups["flag"].Value switch { "h" or "host" => "host", "p" or "port" => "port", "U" or "username" => "user", _ => "dbname" }] = flag.Groups["value"].Value;
        }

        foreach (var (name, value) in Settings(Variable().Matches(text)))
        {
            settings.TryAdd(name, value);
        }

        return First(settings, HostNames) is null ? null : Build("psql command", settings);
    }

    private static PastedConnection? FromPairs(string text)
    {
        var settings = Settings(Pair().Matches(text));
        var known = new[] { HostNames, PortNames, DatabaseNames, UserNames, ["sslmode"] }.Count(names => First(settings, names) is not null);
        return known >= 2 && First(settings, HostNames) is not null ? Build("keywords and values", settings) : null;
    }

    private static PastedConnection? FromMessage(string text) => ServerAt().Match(text) is { Success: true } at
        ? new PastedConnection(Message) { Host = at.Groups["host"].Value, Port = Number(at.Groups["port"].Value), IsWhole = false }
        : null;

    private static PastedConnection Build(string form, Dictionary<string, string> settings) => new(form)
    {
        Host = First(settings, HostNames),
        Port = Number(First(settings, PortNames)),
        Database = First(settings, DatabaseNames),
        User = First(settings, UserNames),
        HasPassword = settings.Keys.Any(name => name.Contains("password", StringComparison.Ordinal) || name == "pwd"),
        Settings = settings.Where(pair => !IsPlace(pair.Key)).ToDictionary(StringComparer.Ordinal),
    };

    private static bool IsPlace(string name) =>
        HostNames.Contains(name) || PortNames.Contains(name) || DatabaseNames.Contains(name) || UserNames.Contains(name)
        || name.Contains("password", StringComparison.Ordinal) || name == "pwd";

    // The first of a name counts: what stands further down belongs to something else.
    private static Dictionary<string, string> Settings(MatchCollection pairs)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match pair in pairs)
        {
            var name = new string([.. pair.Groups["name"].Value.ToLowerInvariant().Where(c => c is not (' ' or '-' or '_'))]);
            settings.TryAdd(name is "pgsslmode" ? "sslmode" : name, pair.Groups["value"].Value.Trim().Trim('"', '\''));
        }

        return settings;
    }

    private static string? First(Dictionary<string, string> settings, string[] names) =>
        names.Select(name => settings.GetValueOrDefault(name)).FirstOrDefault(value => !string.IsNullOrEmpty(value));

    private static string? Value(Group group) => group.Length > 0 ? group.Value : null;

    private static string? Decode(string? text) => text is null ? null : Uri.UnescapeDataString(text);

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex("""(?<jdbc>jdbc:)?(?<scheme>postgres(?:ql)?(?:\+\w+)?)://(?:(?<user>[^\s:/@"']*)(?::(?<password>[^\s@"']*))?@)?(?<host>\[[^\]\s]*\]|[^\s:/?"',]*)(?::(?<port>\d+))?(?:/(?<database>[^\s?"'`&,;)]*))?(?:\?(?<query>[^\s"'`]*))?""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Address();

    [GeneratedRegex(@"(?<name>[^=&?]+)=(?<value>[^&]*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Query();

    [GeneratedRegex("""(?:pgsql:)?\b(?:host|server|data source|username|user id|port|database)\s*=\s*(?:[^;\r\n]*;)+(?:[^;\r\n]*)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Semicolons();

    [GeneratedRegex("""(?<name>[a-z][a-z \-_]*?)\s*=\s*(?<value>"[^"]*"|[^;"']*)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SemicolonPair();

    [GeneratedRegex(@"\bp(?:sql|g_dump|g_restore)\b[^\r\n]*\s(?:-[hpUd]|--(?:host|port|username|dbname))[^\r\n]*", RegexOptions.None, 1000)]
    private static partial Regex PsqlFlags();

    [GeneratedRegex("""(?<=\s)(?:-(?<flag>[hpUd])\s?|--(?<flag>host|port|username|dbname)[ =])["']?(?<value>[^\s"']+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Flag();

    [GeneratedRegex("""\b(?<name>PG(?:HOST|PORT|DATABASE|USER|SSLMODE|PASSWORD|OPTIONS))=["']?(?<value>[^\s"']+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();

    [GeneratedRegex("""(?<![\w$])["']?(?<name>(?:pg)?host(?:addr)?|(?:pg)?port|dbname|(?:pg)?database|name|(?:pg)?user(?:name)?|(?:pg)?password|(?:pg)?sslmode|sslrootcert|(?:pg)?options|search_path|statement_timeout|application_name)["']?\s*(?:=>|=|:)\s*(?<value>"[^"\r\n]*"|'[^'\r\n]*'|[^\s"',;&)}]+)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pair();

    [GeneratedRegex(@"connection to server at ""(?<host>[^""\s]+)""(?: \([^)]*\))?, port (?<port>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ServerAt();
}
