namespace Portal.Sandbox.DigitalOcean;

internal static class Names
{
    /// <summary>Letters, digits, hyphens and underscores of ASCII: what fits, unquoted, into a PgBouncer configuration.</summary>
    public static bool IsPlain(string name) =>
        name.Length > 0 && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_');

    /// <summary>A name of PostgreSQL: plain and at most 63 characters.</summary>
    public static ApiProblem? CheckIdentifier(string name) =>
        IsPlain(name) && name.Length <= 63 ? null : ApiProblem.Unprocessable("name is invalid");
}
