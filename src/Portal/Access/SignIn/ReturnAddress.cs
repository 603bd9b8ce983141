namespace Portal.Access;

/// <summary>Where to go after the sign-in: a page of this portal, whatever an address says.</summary>
internal static class ReturnAddress
{
    // The address travels in the sealed state, and that in an address.
    private const int Longest = 2000;

    // Coming back to these would begin or end a session again.
    private static readonly string[] Doors = ["/sign-in", "/sign-out", "/signed-out", "/not-allowed", "/signin-oidc", "/signout-callback-oidc", "/signout-frontchannel-oidc"];

    /// <summary>The address itself when it is safe, else the first page.</summary>
    public static string OrHome(string? address) => IsLocal(address) ? address! : "/";

    /// <summary>Begins with one slash and stays on this host however often a browser, proxy or server decodes it.</summary>
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
            && !address.Split('?')[0].Contains('\\', StringComparison.Ordinal)
            && !address.Any(char.IsControl);

    private static bool IsDoor(string address)
    {
        var path = address.Split('?', '#')[0].TrimEnd('/');
        return Doors.Contains(path, StringComparer.OrdinalIgnoreCase);
    }
}
