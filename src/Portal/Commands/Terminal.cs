namespace Portal.Commands;

/// <summary>What a command reads from and writes to.</summary>
internal sealed record Terminal(TextReader Input, TextWriter Output, TextWriter Error);
