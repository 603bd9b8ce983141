namespace Portal.Access;

/// <summary>What a team may do without asking, and what not at all: <c>Teams:N:Limits</c> in the settings.</summary>
internal sealed class TeamLimitsOptions
{
    /// <summary>Another size may be done at once although a lead would decide, when a lead looks at it afterwards. Default: no.</summary>
    public bool UrgentResize { get; init; }
}
