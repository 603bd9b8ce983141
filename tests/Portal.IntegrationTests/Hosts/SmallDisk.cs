using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Portal.IntegrationTests;

/// <summary>A small disk of its own under a folder, which can be filled to the last byte. It takes root to mount one.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly string _folder;

    private SmallDisk(string folder) => _folder = folder;

    public static bool CanMount => Environment.UserName == "root" && OperatingSystem.IsLinux();

    private string Filler => Path.Combine(_folder, "filler");

    public static async Task<SmallDisk> MountAsync(string folder, int megabytes)
    {
        await RunAsync("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder);
        return new SmallDisk(folder);
    }

    /// <summary>Until not one byte more fits.</summary>
    public async Task FillAsync()
    {
        await using var file = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (var size in new[] { 64 * 1024, 512, 1 })
        {
            try
            {
                var piece = new byte[size];
                while (true)
                {
                    file.Write(piece);
                }
            }
            catch (IOException)
            {
                // Full; smaller pieces may still fit.
            }
        }
    }

    public void Free() => File.Delete(Filler);

    public async ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        await RunAsync("umount", "-l", _folder);
    }

    public static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false })!;
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, program);
    }
}
