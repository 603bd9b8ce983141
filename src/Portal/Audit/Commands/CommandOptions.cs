using System.Globalization;

namespace Portal.Audit;

/// <summary>What somebody wrote behind <c>audit</c> on the command line.</summary>
internal sealed record CommandOptions
{
    /// <summary><c>verify</c> or <c>remove</c>.</summary>
    public required string Verb { get; init; }

    public List<string> Exports { get; } = [];

    public List<string> Keys { get; } = [];

    /// <summary>Settings of the portal, as <c>--Database:Provider=PostgreSql</c>.</summary>
    public List<string> Settings { get; } = [];

    public string? Heads { get; private set; }

    public string? Out { get; private set; }

    public long? Through { get; private set; }

    /// <summary>Null when it cannot be understood.</summary>
    public static CommandOptions? Read(IReadOnlyList<string> arguments)
    {
        if (arguments is not [_, "verify" or "remove", ..])
        {
            return null;
        }

        var options = new CommandOptions { Verb = arguments[1] };
        for (var index = 2; index < arguments.Count; index++)
        {
            if (arguments[index].StartsWith("--", StringComparison.Ordinal) && arguments[index].Contains('='))
            {
                options.Settings.Add(arguments[index]);
            }
            else if (index + 1 == arguments.Count || !options.Take(arguments[index], arguments[++index]))
            {
                return null;
            }
        }

        return options.IsComplete ? options : null;
    }

    private bool IsComplete => Verb is "verify" ? (Through, Out) is (null, null) : (Through, Out) is (not null, not null) && Exports.Count + Keys.Count == 0 && Heads is null;

    private bool Take(string name, string value)
    {
        switch (name)
        {
            case "--export":
                Exports.Add(value);
                return true;
            case "--key":
                Keys.Add(value);
                return true;
            case "--heads":
                Heads = value;
                return true;
            case "--out":
                Out = value;
                return true;
            case "--through" when long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number):
                Through = number;
                return true;
            default:
                return false;
        }
    }
}
