using System.Globalization;
using Portal.Changes;
using Portal.DigitalOcean;
using Portal.Inventory;
using Portal.Pools.Fields;

namespace Portal.Pools.Create;

/// <summary>The form as it is typed, kept as a draft. What the person has not touched follows what was chosen before it.</summary>
public sealed class CreateForm
{
    /// <summary>The choice "Inbound user" of the list of database users; no user can be called so.</summary>
    public const string InboundUser = "\u0001inbound";

    public Guid FormId { get; set; } = Guid.NewGuid();

    public string? Team { get; set; }

    public Guid? ClusterId { get; set; }

    public string? Database { get; set; }

    public string? User { get; set; }

    public PoolMode Mode { get; set; } = PoolMode.Transaction;

    public string? Size { get; set; }

    public bool IsSizeTyped { get; set; }

    public string? Name { get; set; }

    public bool IsNameTyped { get; set; }

    public string? Reason { get; set; }

    /// <summary>The last day on which it is wanted, as the date field has it.</summary>
    public string? EndsOn { get; set; }

    /// <summary>What is ticked in the mode's checklist. For the person alone: no request carries it.</summary>
    public IReadOnlyList<string> Features { get; set; } = [];

    /// <summary>What the calculator was told. For the person alone: no request carries it.</summary>
    public SizeCalculation Calculation { get; set; } = new();

    /// <summary>The size, once it is one.</summary>
    internal int? SizeAsNumber => int.TryParse(Size?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size >= PoolLimits.MinimumSize ? size : null;

    public CreatePool ToRequest() => new()
    {
        FormId = FormId,
        Team = Team,
        ClusterId = ClusterId,
        Database = Database,
        User = User == InboundUser ? null : User,
        IsInboundUser = User == InboundUser,
        Mode = Mode,
        Size = Size,
        Name = Name?.Trim(),
        Reason = Reason,
        EndsOn = EndsOn,
    };

    /// <summary>A new request with the values of an older one.</summary>
    internal static CreateForm Again(PoolChange change) => new()
    {
        Team = change.Team,
        ClusterId = change.ClusterId,
        Database = change.Database,
        User = change.User ?? InboundUser,
        Mode = change.Mode,
        Size = change.Size.ToString(CultureInfo.InvariantCulture),
        IsSizeTyped = true,
        Name = change.PoolName,
        IsNameTyped = true,
        Reason = change.Reason,
        EndsOn = EndDate.Typed(change.EndsAt),
    };

    /// <summary>A size was typed, or taken. What is recommended anyway goes on to follow the cluster.</summary>
    public void TakeSize(string? text, ClusterInView? cluster)
    {
        Size = text;
        IsSizeTyped = text is null || text != Recommended(cluster);
    }

    /// <summary>Drops what the chosen cluster does not have, and fills in what the person left to the portal.</summary>
    public void Follow(ClusterInView? view)
    {
        var cluster = view?.Facts;
        if (cluster is null)
        {
            ClusterId = null;
        }

        if (Database is not null && cluster?.Databases.Contains(Database, StringComparer.Ordinal) is not true)
        {
            Database = null;
        }

        if (User is not (null or InboundUser) && cluster?.Users.Contains(User, StringComparer.Ordinal) is not true)
        {
            User = null;
        }

        if (!IsSizeTyped)
        {
            Size = Recommended(view);
        }

        if (!IsNameTyped)
        {
            Name = SuggestName(cluster);
        }
    }

    private static string? Recommended(ClusterInView? cluster) =>
        cluster is null ? null : Sizing.Recommend(cluster.Facts.Plan, cluster.Taken)?.ToString(CultureInfo.InvariantCulture);

    /// <summary><c>{database}-{user}</c>, made to fit the rules and free on the cluster. Without the mode, which can change while the name cannot.</summary>
    private string? SuggestName(ClusterFacts? cluster)
    {
        if (Database is null || User is null)
        {
            return null;
        }

        var text = User == InboundUser ? Database : $"{Database}-{User}";
        var name = new string([.. text.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter : '-')]).TrimStart('-', '_', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        name = name.Length < PoolName.MinimumLength ? $"pool-{name}" : name[..Math.Min(name.Length, PoolName.MaximumLength - 3)];
        var free = name;
        for (var number = 2; cluster?.Pools.Any(pool => pool.Name == free) is true; number++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{name}-{number}");
        }

        return free;
    }
}
