namespace Portal.Sandbox.SignIn;

/// <summary>Who the provider says it is, once the port is known.</summary>
internal sealed class IssuerAddress
{
    public string Value { get; set; } = "";
}
