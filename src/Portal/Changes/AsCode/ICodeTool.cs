namespace Portal.Changes.AsCode;

/// <summary>One way to make the same change without the portal. Every class of this namespace that implements it is offered; nothing else has to be told.</summary>
/// <remarks>Needs a constructor without parameters, and keeps no state.</remarks>
internal interface ICodeTool
{
    /// <summary>Lower case; never changes.</summary>
    string Id { get; }

    /// <summary>What people call it.</summary>
    string Name { get; }

    /// <summary>Smaller comes first; the first is shown first.</summary>
    int Order { get; }

    /// <summary>The file or place that the text is for.</summary>
    string Caption { get; }

    string Write(CodeRequest request);

    /// <summary>What to know before it is run; a sentence or two each.</summary>
    IEnumerable<string> Notes(CodeRequest request);
}

internal static class CodeTools
{
    public const string Token = "DIGITALOCEAN_TOKEN";

    public const string AnswerHasPassword = "The answer of DigitalOcean holds the password of the database user, so it is not printed.";

    /// <summary>In the order in which they are offered.</summary>
    public static IReadOnlyList<ICodeTool> All { get; } =
    [
        .. typeof(CodeTools).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false }
                && type.Namespace == typeof(CodeTools).Namespace
                && type.IsAssignableTo(typeof(ICodeTool)))
            .Select(type => (ICodeTool)Activator.CreateInstance(type)!)
            .OrderBy(tool => tool.Order),
    ];

    /// <summary>What an update replaces is not only what changes.</summary>
    public static IEnumerable<string> WholePool(CodeRequest request) => request switch
    {
        { Kind: not CodeKind.Update } => [],
        { After.User: null } => ["An update replaces the whole pool. The user is left out, because this is an inbound-user pool: each client comes as itself."],
        _ => ["An update replaces the whole pool, so all four fields are sent: without the user it would become an inbound-user pool."],
    };
}
