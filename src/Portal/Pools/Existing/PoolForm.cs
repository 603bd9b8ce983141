using Portal.Changes;
using Portal.DigitalOcean;
using Portal.Pools.Create;

namespace Portal.Pools.Existing;

/// <summary>What a person types about a pool that is there, kept as a draft. Null is what was not touched.</summary>
public sealed class PoolForm
{
    public Guid FormId { get; set; } = Guid.NewGuid();

    public Guid ClusterId { get; set; }

    public string? Size { get; set; }

    public PoolMode? Mode { get; set; }

    public string? Database { get; set; }

    public string? User { get; set; }

    public string? Team { get; set; }

    public string? Reason { get; set; }

    /// <summary>Chosen anew each time, like the confirmation: a draft must not make anything urgent.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsUrgent { get; set; }

    /// <summary>Not part of a draft's worth: typed anew each time, because it is there to make one think.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string? Confirmation { get; set; }

    public void Take(PoolFields fields)
    {
        Size = fields.Size.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Mode = fields.Mode;
        Database = fields.Database;
        User = fields.User ?? CreateForm.InboundUser;
    }

    public ExistingPoolRequest ToRequest(ChangeKind kind, Guid cluster, string pool, PoolFields before) => new()
    {
        FormId = FormId,
        Kind = kind,
        ClusterId = cluster,
        PoolName = pool,
        Before = before,
        Size = Size,
        Mode = Mode,
        Database = Database,
        User = User == CreateForm.InboundUser ? null : User,
        IsInboundUser = User == CreateForm.InboundUser || (User is null && before.User is null),
        Team = Team,
        Confirmation = Confirmation,
        Reason = Reason,
        IsUrgent = IsUrgent,
    };
}
