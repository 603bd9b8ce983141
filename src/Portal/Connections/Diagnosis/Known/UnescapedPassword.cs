namespace Portal.Connections.Diagnosis.Known;

/// <summary>An address whose password was not escaped: it is read otherwise than it was meant.</summary>
internal sealed class UnescapedPassword : IKnownTrouble
{
    private static readonly string[] NotAnAddress =
        ["invalid integer value", "invalid port", "Invalid URL", "ERR_INVALID_URL", "P1013", "failed to parse as URL", "invalid percent-encoded token", "URI malformed", "invalid URI query parameter", "net/url: invalid userinfo"];

    public int Order => 5;

    public string Sample => "postgresql://app:(password-unescaped)@h.db.ondigitalocean.com:25061/p?sslmode=require";

    public IEnumerable<Finding> Find(Pasted pasted)
    {
        var isSeen = pasted.Connection is { IsPasswordUnescaped: true };
        var words = NotAnAddress.FirstOrDefault(pasted.Mentions);
        return !isSeen && words is null
            ? []
            : [new Finding(
                Certainty.Certain,
                "The password in the address is not escaped",
                "In an address, @ / ? # % [ ], quotes and spaces end something or begin something. A password that has them is cut off there, and the rest is taken for the host, the port or the path.",
                "Look whether the password has any of these characters; if not, another part of the address is cut off or mistyped. Error messages of a driver may quote a piece of it: treat them as secret.")
            {
                Changes =
                [
                    new(Drivers.All, "Copy the URI from the pool's page, where it is escaped; or escape the password alone: @ is %40, / is %2F, # is %23, % is %25."),
                    new(Drivers.Asyncpg, "Let SQLAlchemy put the address together.", "URL.create(\"postgresql+asyncpg\", username=…, password=os.environ[\"DB_PASSWORD\"], …)"),
                    new(Drivers.NodePg, "Give the parts instead of an address.", "new Pool({ host, port: 25061, database, user, password, ssl })"),
                ],
            }];
    }
}
