using System.Globalization;
using Microsoft.AspNetCore.Components;
using Portal.DigitalOcean;

namespace Portal.Changes.AsCode;

/// <summary>A change as it would be made without the portal, tool by tool, folded until somebody wants it.</summary>
public sealed partial class CodeSection
{
    private readonly string _group = $"tool-{Guid.NewGuid():N}";
    private ICodeTool _tool = CodeTools.All[0];

    /// <summary>Null where there is nothing to show; then nothing is drawn.</summary>
    [Parameter, EditorRequired]
    public CodeRequest? Request { get; set; }

    private string Intro => Request switch
    {
        { Kind: CodeKind.Create } => "The same pool, made without the portal. It would be unmanaged there until somebody adopts it.",
        { Kind: CodeKind.Delete } => "The same, done without the portal.",
        { Before: { } before, After: var after } when before != after => $"The same, done without the portal: {Differences(before, after)}. The portal would show it as drift.",
        _ => "The same, done without the portal, which would show it as drift.",
    };

    private static string Differences(PoolFields before, PoolFields after)
    {
        (string Name, string Before, string After)[] fields =
        [
            ("mode", before.Mode.ToString(), after.Mode.ToString()),
            ("size", before.Size.ToString(CultureInfo.InvariantCulture), after.Size.ToString(CultureInfo.InvariantCulture)),
            ("database", before.Database, after.Database),
            ("user", before.User ?? "inbound user", after.User ?? "inbound user"),
        ];
        return string.Join(", ", fields.Where(field => field.Before != field.After).Select(field => $"{field.Name} {field.Before} → {field.After}"));
    }
}
