namespace Portal.Testing;

/// <summary>The repository that these tests were built from.</summary>
internal static class Repository
{
    public static string Top { get; } = FindTop();

    private static string FindTop()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "run.sh")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds run.sh.");
        }

        return folder.FullName;
    }
}
