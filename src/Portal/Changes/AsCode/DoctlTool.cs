using System.Globalization;
using Portal.DigitalOcean;

namespace Portal.Changes.AsCode;

/// <summary>DigitalOcean's command line.</summary>
/// <seealso href="https://docs.digitalocean.com/reference/doctl/reference/databases/pool/"/>
internal sealed class DoctlTool : ICodeTool
{
    public string Id => "doctl";

    public string Name => "doctl";

    public int Order => 10;

    public string Caption => "Terminal (bash, zsh)";

    public string Write(CodeRequest request) => request.Kind switch
    {
        CodeKind.Create => $"doctl databases pool create {Target(request)} \\\n  {Fields(request)} \\\n  --format Name,Mode,Size,Database,User",
        CodeKind.Update => $"doctl databases pool update {Target(request)} \\\n  {Fields(request)}",
        _ => $"doctl databases pool delete {Target(request)}",
    };

    public IEnumerable<string> Notes(CodeRequest request) => request.Kind switch
    {
        CodeKind.Create => ["--format leaves out the column URI, which holds the password."],
        CodeKind.Update =>
        [
            .. CodeTools.WholePool(request),
            "doctl takes transaction where no mode is given, and inbound user where no user is given, whatever the pool was.",
        ],
        _ => ["Asks before it deletes. With --force it does not."],
    };

    private static string Target(CodeRequest request) => $"{request.ClusterId:D} {Literal.Shell(request.Pool)}";

    private static string Fields(CodeRequest request)
    {
        var user = request.After.User is { } name ? $" --user {Literal.Shell(name)}" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"--mode {request.After.Mode.ToApiText()} --size {request.After.Size} --db {Literal.Shell(request.After.Database)}{user}");
    }
}
