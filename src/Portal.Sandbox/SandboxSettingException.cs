namespace Portal.Sandbox;

/// <summary>A setting that the sandbox cannot start with; the message names it and says what is wanted.</summary>
public sealed class SandboxSettingException : Exception
{
    public SandboxSettingException()
    {
    }

    public SandboxSettingException(string message)
        : base(message)
    {
    }

    public SandboxSettingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
