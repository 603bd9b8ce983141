namespace Portal.Connections.Formats;

/// <summary>One way to write a connection. Every class of this namespace that implements it is offered; nothing else has to be told.</summary>
/// <remarks>
/// Needs a constructor without parameters, and keeps no state. Code does not hold the password: it stands in one line of
/// <see cref="TwoFiles"/>, and the code below reads that.
/// </remarks>
internal interface IConnectionFormat
{
    /// <summary>Lower case, for addresses and the audit; never changes.</summary>
    string Id { get; }

    /// <summary>What people call it.</summary>
    string Name { get; }

    /// <summary>Smaller comes first; the first is shown first. Below 100: beside the others in one line; from 100 on: under "More formats".</summary>
    int Order { get; }

    /// <summary>What the text is called as a file; null for a text that is no file by itself.</summary>
    string? FileName => null;

    /// <summary>The client always checks the server's certificate, whatever was chosen.</summary>
    bool AlwaysVerifies => false;

    /// <summary>The text has the CA certificate in it, so nobody has to download the file.</summary>
    bool CarriesCertificate => false;

    /// <summary>The variable, file or place that the text is for.</summary>
    string Caption(ConnectionDetails details);

    /// <summary>The text, with the password in whatever form <see cref="ConnectionDetails.Password"/> has.</summary>
    string Write(ConnectionDetails details);

    /// <summary>What in the text is there for a reason that is not obvious.</summary>
    IReadOnlyList<FormatSetting> Settings(ConnectionDetails details);
}

/// <param name="Text">As it stands in the text.</param>
/// <param name="Why">One sentence or two.</param>
internal sealed record FormatSetting(string Text, string Why);
