namespace Portal.Access;

/// <summary>Where to go after the sign-in: a page of this portal, whatever an address says.</summary>
/// <remarks>
/// It begins with a slash that stands for the portal's own address, and never has the path of <c>Access:PublicUrl</c> in it. Who redirects
/// puts the path before it (<c>~</c>, <c>PathBase</c>), who writes it into a page <see cref="InPage"/>.
/// </remarks>
internal static class ReturnAddress
{
    // The address travels in the sealed state, and that in an address.
    private const int Longest = 2000;

    // Coming back to these would begin or end a session again.
    private static readonly string[] Doors = ["/sign-in", "/sign-out", "/signed-out", "/not-allowed", "/signin-oidc", "/signout-callback-oidc", "/signout-frontchannel-oidc"];

    /// <summary>The address itself when it is safe, else the first page.</summary>
    public static string OrHome(string? address) => IsLocal(address) ? address! : "/";

    /// <summary>The same for a link or for Blazor. Without the dot it would leave the portal's path, and without dot and slash be a scheme, as in <c>javascript:</c>.</summary>
    public static string InPage(string address) => "." + address;

    /// <summary>Begins with one slash and stays in this portal however often a browser, proxy or server decodes it.</summary>
    public static bool IsLocal(string? address)
    {
        if (address is null || address.Length > Longest || !address.All(letter => letter is > ' ' and < '\x7f'))
        {
            return false;
        }

        // Three layers are more than anybody on the way takes off.
        var decoded = address;
        for (var layer = 0; layer < 3; layer++)
        {
            if (!StaysHere(decoded))
            {
                return false;
            }

            decoded = Uri.UnescapeDataString(decoded);
        }

        return StaysHere(decoded) && !IsDoor(decoded);
    }

    private static bool StaysHere(string address) =>
        address.StartsWith('/')
            && !address.StartsWith("//", StringComparison.Ordinal)
            && !PathOf(address).Contains('\\', StringComparison.Ordinal)
            && !PathOf(address).Split('/').Any(segment => segment is "." or "..")
            && !address.Any(char.IsControl);

    private static string PathOf(string address) => address.Split('?', '#')[0];

    private static bool IsDoor(string address)
    {
        var path = PathOf(address).TrimEnd('/');
        return Doors.Contains(path, StringComparer.OrdinalIgnoreCase);
    }
}
