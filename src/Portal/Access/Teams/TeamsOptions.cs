namespace Portal.Access;

/// <summary>Who works together, and what they may reach: <c>Teams</c> in the settings, a list.</summary>
/// <remarks>Without any team there is one, <c>Everyone</c>, that may use every triple except those of <c>doadmin</c>.</remarks>
internal sealed class TeamsOptions
{
    public const string Section = "Teams";

    public IReadOnlyList<TeamOptions> Teams { get; set; } = [];
}

internal sealed class TeamOptions
{
    /// <summary>How people call the team; unique.</summary>
    /// <example>Payments</example>
    public string Name { get; init; } = "";

    /// <summary>Groups whose developers belong to the team, as the groups claim writes them.</summary>
    /// <example>[ "payments" ]</example>
    public IReadOnlyList<string> Members { get; init; } = [];

    /// <summary>Groups whose leads lead the team.</summary>
    /// <example>[ "payments-leads" ]</example>
    public IReadOnlyList<string> Leads { get; init; } = [];

    /// <summary>What the team may use. Default: nothing.</summary>
    public IReadOnlyList<TripleOptions> Uses { get; init; } = [];

    /// <summary>How much of it, and which needs a lead's word.</summary>
    public TeamLimitsOptions Limits { get; init; } = new();
}

/// <summary>A pattern over (cluster, database, database user). <c>*</c> stands for any run of characters.</summary>
internal sealed class TripleOptions
{
    /// <summary>A cluster's name pattern, its id, or <c>tag:</c> and a tag.</summary>
    /// <example>orders-*</example>
    public string Cluster { get; init; } = "";

    /// <summary>A name of a database, or a pattern. Default: every database.</summary>
    /// <example>checkout</example>
    public string Database { get; init; } = "*";

    /// <summary>A name of a database user, or a pattern. Default: every database user but <c>doadmin</c>, which has to be named.</summary>
    /// <example>app</example>
    public string User { get; init; } = "*";
}
