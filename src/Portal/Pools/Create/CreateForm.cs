using System.Globalization;
using Portal.Changes;
using Portal.DigitalOcean;
using Portal.Inventory;

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
    };

    /// <summary>Drops what the chosen cluster does not have, and fills in what the person left to the portal.</summary>
    public void Follow(ClusterFacts? cluster)
    {
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
            Size = cluster is null ? null : Sizing.Recommend(cluster.Plan, cluster.Used)?.ToString(CultureInfo.InvariantCulture);
        }

        if (!IsNameTyped)
        {
            Name = SuggestName(cluster);
        }
    }

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
