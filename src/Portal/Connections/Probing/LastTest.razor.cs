using Microsoft.AspNetCore.Components;

namespace Portal.Connections.Probing;

/// <summary>What is kept of an earlier test.</summary>
public sealed partial class LastTest
{
    [CascadingParameter]
    private PoolTestRecord Last { get; set; } = null!;

    private string Words => Last.Prepared switch
    {
        PreparedStatements.Tracked => "PgBouncer keeps track of them.",
        PreparedStatements.Off => "PgBouncer does not keep track of them.",
        _ => "not known.",
    };
}
