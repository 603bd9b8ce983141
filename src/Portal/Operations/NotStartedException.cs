namespace Portal.Operations;

/// <summary>The portal refuses to start. The message says why and what to do; it is the last line that the program writes.</summary>
internal sealed class NotStartedException(string message) : InvalidOperationException(message);
