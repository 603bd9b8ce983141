namespace Portal.Access;

/// <summary>What a limit says of a value.</summary>
public enum LimitAnswer
{
    /// <summary>Within the rules: no lead is asked.</summary>
    AtOnce,

    /// <summary>A lead decides.</summary>
    Review,

    /// <summary>Refused, with a lead or without.</summary>
    Never,
}

/// <summary>What a team may have at once, after a review, and never: <c>Limits</c> of a team. What is left out has no limit, if it does not say otherwise.</summary>
internal sealed class TeamLimitsOptions
{
    /// <summary>Server connections of one pool.</summary>
    /// <remarks>With a <c>ReviewAbove</c> here or in <see cref="Share"/> these two replace the rule for everybody: at once up to <c>Changes:AtOnceSize</c> or <c>Changes:AtOnceShare</c>, whichever is more.</remarks>
    public SizeBoundOptions Size { get; init; } = new();

    /// <summary>One pool's share of its cluster's budget, from 0 to 1.</summary>
    public ShareBoundOptions Share { get; init; } = new();

    /// <summary>Server connections of all pools of the team on one cluster.</summary>
    public SizeBoundOptions Sum { get; init; } = new();

    /// <summary>Pools in transaction mode. Default: at once.</summary>
    public LimitAnswer Transaction { get; init; }

    /// <summary>Pools in session mode. Default: at once.</summary>
    public LimitAnswer Session { get; init; }

    /// <summary>Pools in statement mode. Default: at once.</summary>
    public LimitAnswer Statement { get; init; }

    /// <summary>What names of new pools look like: <c>*</c> stands for any run of characters, several patterns are separated by spaces. Default: any.</summary>
    /// <example>pay-*</example>
    public string NamePattern { get; init; } = "*";

    /// <summary>What a name says that is not of the pattern. Default: never.</summary>
    public LimitAnswer OtherName { get; init; } = LimitAnswer.Never;

    /// <summary>Pools that open connections for every user who comes in. Default: review; never at once, because a pattern does not tell who comes in.</summary>
    public LimitAnswer InboundUser { get; init; } = LimitAnswer.Review;

    /// <summary>Pools of the user <c>doadmin</c>, who may do everything on the cluster. Default: review.</summary>
    public LimitAnswer Administrator { get; init; } = LimitAnswer.Review;

    /// <summary>Whether connections over the public network are handed out. Default: at once; review is none.</summary>
    public LimitAnswer PublicNetwork { get; init; }

    /// <summary>Whether a resize that needs a review may run at once, and be looked at afterwards. Default: false.</summary>
    public bool UrgentResize { get; init; }
}

/// <summary>Two bounds of a number of server connections; null is none.</summary>
internal sealed class SizeBoundOptions
{
    /// <summary>More than this needs a review.</summary>
    /// <example>10</example>
    public int? ReviewAbove { get; init; }

    /// <summary>More than this is refused.</summary>
    /// <example>40</example>
    public int? NeverAbove { get; init; }
}

/// <summary>Two bounds of a share, from 0 to 1; null is none.</summary>
internal sealed class ShareBoundOptions
{
    /// <summary>More than this needs a review.</summary>
    /// <example>0.2</example>
    public double? ReviewAbove { get; init; }

    /// <summary>More than this is refused.</summary>
    /// <example>0.5</example>
    public double? NeverAbove { get; init; }
}
