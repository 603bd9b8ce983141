namespace Portal.Connections.Diagnosis;

/// <summary>What somebody pasted, without passwords, and what is known around it.</summary>
internal sealed record Pasted(string Text, PastedConnection? Connection, Surroundings Known)
{
    /// <summary>The pool that it is about: named in the text, or the page that the question came from.</summary>
    public KnownPool? Pool => Known.Pool(Connection?.Database) ?? Known.About;

    /// <summary>A whole string that is meant for a pool: by its port or, with the wrong port, by its name.</summary>
    public bool IsToPool => Connection is { IsWhole: true } connection
        && (connection.Port is not PastedConnection.DirectPort || (Known.Pool(connection.Database) is not null && !Known.IsDatabase(connection.Database)));

    public bool Mentions(string words) => Text.Contains(words, StringComparison.OrdinalIgnoreCase);
}
