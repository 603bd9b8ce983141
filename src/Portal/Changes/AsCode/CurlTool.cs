using Portal.Connections;

namespace Portal.Changes.AsCode;

/// <summary>The call itself, as the portal makes it.</summary>
/// <seealso href="https://docs.digitalocean.com/reference/api/reference/databases/"/>
internal sealed class CurlTool : ICodeTool
{
    public string Id => "curl";

    public string Name => "curl";

    public int Order => 40;

    public string Caption => "Terminal (bash, zsh)";

    public string Write(CodeRequest request) => request.Kind switch
    {
        CodeKind.Create => Call("POST", Literal.PoolsPath(request), request),
        CodeKind.Update => Call("PUT", Literal.PoolPath(request), request),
        _ => Call("DELETE", Literal.PoolPath(request), null),
    };

    public IEnumerable<string> Notes(CodeRequest request) =>
    [
        .. CodeTools.WholePool(request),
        $"Answers {request.Kind switch { CodeKind.Create => "201", _ => "204" }} when it is done, and fails for every other status. {(request.Kind is CodeKind.Create ? CodeTools.AnswerHasPassword : "")}".TrimEnd(),
        $"The token is taken from the variable {CodeTools.Token}; export it first.",
        .. request.Kind is CodeKind.Create ? ["Without an answer, look whether the pool is there before you send it again."] : (string[])[],
    ];

    private static string Call(string method, string address, CodeRequest? body) => string.Join(
        " \\\n  ",
        [
            "curl --silent --show-error --fail --output /dev/null --write-out '%{http_code}\\n'",
            $"--request {method} --header \"Authorization: Bearer ${CodeTools.Token}\"",
            .. body is null ? [] : (string[])[$"--header 'Content-Type: application/json' --data {Escape.Shell(Literal.Body(body))}"],
            address,
        ]);
}
