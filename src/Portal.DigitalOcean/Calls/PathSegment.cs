namespace Portal.DigitalOcean.Calls;

/// <summary>Names that people give, where they become a part of an address.</summary>
internal static class PathSegment
{
    /// <summary>More than any name of DigitalOcean or PostgreSQL.</summary>
    public const int MaximumLength = 255;

    /// <summary>
    /// Whether the name, percent-encoded, stays one segment of the address. <c>.</c> and <c>..</c> do not, encoded or not, and neither does an
    /// empty one: DELETE of the pool <c>..</c> would be DELETE of its cluster.
    /// </summary>
    public static bool Holds(string name) => name is not ("" or "." or "..") && name.Length <= MaximumLength;
}
