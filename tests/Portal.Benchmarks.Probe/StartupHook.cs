/// <summary>
/// Loads this assembly before Main: DOTNET_STARTUP_HOOKS names the file. From then on the host finds it by its name, which
/// ASPNETCORE_HOSTINGSTARTUPASSEMBLIES gives.
/// </summary>
/// <seealso href="https://github.com/dotnet/runtime/blob/v10.0.0/docs/design/features/host-startup-hook.md"/>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "MA0047", Justification = "The runtime looks for this name, without a namespace.")]
internal static class StartupHook
{
    /// <summary>Being loaded is all.</summary>
    public static void Initialize()
    {
    }
}
