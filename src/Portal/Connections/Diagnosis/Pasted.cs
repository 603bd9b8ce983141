namespace Portal.Connections.Diagnosis;

/// <summary>What somebody pasted, without passwords, and what is known around it.</summary>
internal sealed record Pasted(string Text, PastedConnection? Connection, Surroundings Known)
{
    /// <summary>The pool that it is about: named in the text, or the page that the question came from.</summary>
    public KnownPool? Pool => Known.Pool(Connection?.Database) ?? Known.About;

    /// <summary>A whole string, and not the address of a direct connection.</summary>
    public bool IsToPool => Connection is { IsWhole: true, Port: not PastedConnection.DirectPort };

    public bool Mentions(string words) => Text.Contains(words, StringComparison.OrdinalIgnoreCase);
}
