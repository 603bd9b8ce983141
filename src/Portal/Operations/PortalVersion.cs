using System.Reflection;

namespace Portal.Operations;

/// <summary>Which version this is.</summary>
internal static class PortalVersion
{
    /// <summary>With the commit where it was built from git: <c>0.1.0+4f0c…</c>.</summary>
    public static string Full { get; } = typeof(PortalVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>What <c>CHANGELOG.md</c> calls it: <c>0.1.0</c>.</summary>
    public static string Number { get; } = Full.Split('+')[0];
}
