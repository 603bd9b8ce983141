using System.Text;

namespace Portal.Sandbox;

/// <summary>Files and folders for their owner alone.</summary>
internal static class PrivateFile
{
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Replaces a file as a whole, so that nobody ever reads half of it.</summary>
    /// <param name="own">What to do to the new file before it takes the place of the old one.</param>
    public static void Write(string path, string text, Action<string>? own = null)
    {
        var next = path + ".next";
        File.Delete(next);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(next, options))
        {
            file.Write(Encoding.UTF8.GetBytes(text));
        }

        own?.Invoke(next);
        File.Move(next, path, overwrite: true);
    }
}
