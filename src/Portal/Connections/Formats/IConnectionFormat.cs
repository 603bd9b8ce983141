namespace Portal.Connections.Formats;

/// <summary>One way to write a connection. Every class of this namespace that implements it is offered; nothing else has to be told.</summary>
/// <remarks>Needs a constructor without parameters, and keeps no state.</remarks>
internal interface IConnectionFormat
{
    /// <summary>Lower case, for addresses and the audit; never changes.</summary>
    string Id { get; }

    /// <summary>What people call it.</summary>
    string Name { get; }

    /// <summary>The variable, file or place that the text is for.</summary>
    string Caption { get; }

    /// <summary>Smaller comes first; the first is shown first.</summary>
    int Order { get; }

    /// <summary>The text, with the password in whatever form <see cref="ConnectionDetails.Password"/> has.</summary>
    string Write(ConnectionDetails details);

    /// <summary>What in the text is there for a reason that is not obvious.</summary>
    IReadOnlyList<FormatSetting> Settings(ConnectionDetails details);
}

/// <param name="Text">As it stands in the text.</param>
/// <param name="Why">One sentence or two.</param>
internal sealed record FormatSetting(string Text, string Why);
