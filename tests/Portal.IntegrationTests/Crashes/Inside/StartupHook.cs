using Portal.IntegrationTests.Crashes;

#pragma warning disable CA1050, MA0047 // The runtime looks for this very name, in no namespace.

/// <summary>Lets a real portal, started as it ships, take this assembly along: <c>DOTNET_STARTUP_HOOKS</c> names it. Nothing of it ships.</summary>
/// <seealso href="https://github.com/dotnet/runtime/blob/v10.0.0/docs/design/features/host-startup-hook.md"/>
internal static class StartupHook
{
    public static void Initialize() => Saboteur.Enter();
}
