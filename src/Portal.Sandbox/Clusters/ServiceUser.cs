using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Portal.Sandbox.Clusters;

/// <summary>Who PostgreSQL and PgBouncer run as: neither runs as root, so that root starts them as <c>postgres</c>.</summary>
/// <param name="Name">Null: as whoever runs the sandbox.</param>
internal sealed partial record ServiceUser(string? Name, uint UserId, uint GroupId)
{
    private const string Postgres = "postgres";

    public static (ServiceUser? User, string? Missing) Find()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return (new ServiceUser(null, 0, 0), null);
        }

        var account = File.Exists("/etc/passwd")
            ? File.ReadLines("/etc/passwd").Select(line => line.Split(':')).FirstOrDefault(fields => fields is [Postgres, _, _, _, ..])
            : null;
        return account is null
            ? (null, "PostgreSQL does not run as root, and there is no user 'postgres' to run it as.")
            : (new ServiceUser(Postgres, uint.Parse(account[2], CultureInfo.InvariantCulture), uint.Parse(account[3], CultureInfo.InvariantCulture)), null);
    }

    /// <summary>Gives a file or a folder to that user.</summary>
    public void Own(string path)
    {
        if (Name is not null && ChangeOwner(path, UserId, GroupId) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"{path} could not be given to {Name}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ChangeOwner(string path, uint owner, uint group);
}
