using Portal.Access;
using Portal.DigitalOcean;

namespace Portal.Changes;

/// <summary>One intended write to DigitalOcean, from the form to its end. What it holds survives the process.</summary>
public sealed class PoolChange
{
    /// <summary>The requester of what nobody asked for: the portal itself, when a pool's end date has come.</summary>
    public const string PortalId = "portal";

    public long Id { get; init; }

    /// <summary>The form that asked for it: sent twice, it is still one change.</summary>
    public required Guid FormId { get; init; }

    public required ChangeKind Kind { get; init; }

    public required ChangeState State { get; set; }

    public required Guid ClusterId { get; init; }

    public required string ClusterName { get; init; }

    public required string PoolName { get; init; }

    public required PoolMode Mode { get; init; }

    /// <summary>Server connections.</summary>
    public required int Size { get; set; }

    public required string Database { get; init; }

    /// <summary>Null for an inbound-user pool.</summary>
    public string? User { get; init; }

    /// <summary>For a change of what exists: the fields that the person saw, as JSON.</summary>
    public string? Before { get; init; }

    public required string Team { get; init; }

    public required string RequesterId { get; init; }

    public required string RequesterName { get; init; }

    public string? Reason { get; init; }

    /// <summary>What the policy decided and why, in words.</summary>
    public required string Decision { get; set; }

    /// <summary>Who approved or declined it; null when the rules approved it, and while nobody has decided.</summary>
    public string? DecidedById { get; set; }

    public string? DecidedByName { get; set; }

    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>What who decided said to it: for a decline why, which is required; for an approval a note, or null.</summary>
    public string? DecisionNote { get; set; }

    /// <summary>The size that was asked for, when a smaller one was approved; server connections.</summary>
    public int? AskedSize { get; set; }

    /// <summary>When the leads were reminded that it waits; null before.</summary>
    public DateTimeOffset? RemindedAt { get; set; }

    /// <summary>Carried out at once although the rules ask for a review; it stays open until a lead has looked at it.</summary>
    public bool IsUrgent { get; init; }

    /// <summary>The lead or admin who looked at an urgent change afterwards; null before, and for every other change.</summary>
    public string? SeenById { get; set; }

    public string? SeenByName { get; set; }

    public DateTimeOffset? SeenAt { get; set; }

    /// <summary>For a new pool: when it is not wanted any more; null when it is wanted for good.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; set; }

    /// <summary>How often the call may have taken effect: those that certainly did not are not counted.</summary>
    public int Attempt { get; set; }

    /// <summary>The call is out and its answer is not written down yet.</summary>
    public bool InFlight { get; set; }

    public DateTimeOffset? FirstSentAt { get; set; }

    /// <summary>How often the pool was read back, and not there, since the last attempt.</summary>
    public int ReadBacks { get; set; }

    /// <summary>How often DigitalOcean said that it was not ready (412).</summary>
    public int NotReadyAnswers { get; set; }

    /// <summary>Not to be taken up before.</summary>
    public DateTimeOffset? NotBefore { get; set; }

    /// <summary>Which process works on it, and until when that holds without being renewed.</summary>
    public Guid? LeaseOwner { get; set; }

    public DateTimeOffset? LeaseUntil { get; set; }

    public bool WasFoundAgain { get; set; }

    /// <summary>When the inventory showed a pool of this name after the change had failed: DigitalOcean may have carried it out late.</summary>
    public DateTimeOffset? AppearedAt { get; set; }

    /// <summary>What happened last that is worth saying, in our words; what to do follows in <see cref="ToDo"/>.</summary>
    public string? Happened { get; set; }

    public string? ToDo { get; set; }

    /// <summary>DigitalOcean's own words.</summary>
    public string? ApiMessage { get; set; }

    public string? ApiRequestId { get; set; }

    public IList<ChangeStep> Steps { get; } = [];

    /// <summary>Counts up with every write, so that two writers cannot both win.</summary>
    public int Version { get; set; }

    /// <summary>The fields that the change wants; for a delete, an adoption and a new password those that the pool has.</summary>
    public PoolFields Fields => new(Mode, Size, Database, User);

    /// <summary>The fields that the person saw; null for a new pool.</summary>
    public PoolFields? BeforeFields => StoredFields.Read(Before);

    public bool IsFinished => ChangeStates.Finished.Contains(State);

    /// <exception cref="InvalidOperationException">The table of states has no such edge.</exception>
    public void MoveTo(ChangeState state, DateTimeOffset now)
    {
        if (!state.MayFollow(State))
        {
            throw new InvalidOperationException($"Change {Id} cannot go from {State} to {state}.");
        }

        State = state;
        Touch(now);
    }

    /// <summary>Says what happened; null words clear what was said before.</summary>
    public void Say(string? happened, string? toDo = null, ApiFailure? failure = null)
    {
        Happened = happened;
        ToDo = toDo;
        ApiMessage = failure?.Message;
        ApiRequestId = failure?.RequestId;
    }

    /// <summary>Somebody decides what waits for a review.</summary>
    /// <param name="note">What they say to it; null for nothing.</param>
    /// <exception cref="InvalidOperationException">The person asked for it, or nothing is there to be decided.</exception>
    internal void Decide(ChangeState state, Person person, string? note, DateTimeOffset now)
    {
        // The services refuse this with words; that it cannot happen does not hang on them.
        if (person.Id == RequesterId || State is not ChangeState.WaitingForReview)
        {
            throw new InvalidOperationException($"{person.Id} cannot decide change {Id}, which is {State}.");
        }

        MoveTo(state, now);
        DecidedById = person.Id;
        DecidedByName = person.Name;
        DecidedAt = now;
        DecisionNote = note;
    }

    public void Reach(ChangeStepKind kind, DateTimeOffset now, string? text = null)
    {
        Steps.Add(new ChangeStep { Kind = kind, At = now, Text = text });
        Touch(now);
    }

    public void Touch(DateTimeOffset now)
    {
        ChangedAt = now;
        Version++;
    }
}

/// <summary>The steps that people see.</summary>
public enum ChangeStepKind
{
    CheckedPolicy,
    Approved,
    AskedDigitalOcean,
    ReadBack,
    TestedConnection,
}

/// <summary>A step that was reached.</summary>
public sealed class ChangeStep
{
    public long Id { get; init; }

    public required ChangeStepKind Kind { get; init; }

    public required DateTimeOffset At { get; init; }

    public string? Text { get; init; }
}
