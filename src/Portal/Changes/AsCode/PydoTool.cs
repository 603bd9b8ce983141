using System.Globalization;
using Portal.DigitalOcean;

namespace Portal.Changes.AsCode;

/// <summary>DigitalOcean's client for Python.</summary>
/// <seealso href="https://pydo.readthedocs.io/"/>
internal sealed class PydoTool : ICodeTool
{
    public string Id => "pydo";

    public string Name => "pydo";

    public int Order => 20;

    public string Caption => "pool.py";

    public string Write(CodeRequest request)
    {
        var call = request.Kind switch
        {
            CodeKind.Create => $"answer = client.databases.add_connection_pool(\n    database_cluster_uuid=\"{request.ClusterId:D}\",\n    body={Body(request)},\n)",
            CodeKind.Update => $"answer = client.databases.update_connection_pool(\n    database_cluster_uuid=\"{request.ClusterId:D}\",\n    pool_name={Literal.Python(request.Pool)},\n    body={Body(request)},\n)",
            _ => $"answer = client.databases.delete_connection_pool(\n    database_cluster_uuid=\"{request.ClusterId:D}\",\n    pool_name={Literal.Python(request.Pool)},\n)",
        };
        return $"""
            import os

            from pydo import Client

            client = Client(token=os.environ["{CodeTools.Token}"], retry_total=0)
            {call}
            if answer and "id" in answer and "message" in answer:  # a 404 does not raise
                raise SystemExit(answer["message"])
            """;
    }

    public IEnumerable<string> Notes(CodeRequest request) =>
    [
        .. CodeTools.WholePool(request),
        "retry_total=0: pydo would send a call again that failed on the way, also one that had been carried out.",
        .. request.Kind is CodeKind.Create ? [CodeTools.AnswerHasPassword] : (string[])[],
    ];

    private static string Body(CodeRequest request)
    {
        var after = request.After;
        var name = request.Kind is CodeKind.Create ? $"\"name\": {Literal.Python(request.Pool)}, " : "";
        var user = after.User is { } given ? $", \"user\": {Literal.Python(given)}" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{{{name}\"mode\": \"{after.Mode.ToApiText()}\", \"size\": {after.Size}, \"db\": {Literal.Python(after.Database)}{user}}}");
    }
}
