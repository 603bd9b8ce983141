using System.Security.Cryptography;

namespace Portal.Sandbox.DigitalOcean;

/// <summary>Passwords, random at each start.</summary>
internal static class Passwords
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    /// <summary>Like DigitalOcean's.</summary>
    public static string Plain() => "AVNS_" + RandomNumberGenerator.GetString(Letters, 19);

    /// <summary>With every character that a URI, a shell, a connection string or a configuration file gives a meaning to.</summary>
    public static string Hostile() => $"p@ss:w/o#rd%1'\"\\ $&+?;=`{{}}{RandomNumberGenerator.GetString(Letters, 12)}";
}
