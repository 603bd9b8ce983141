namespace Portal.Reviews.LookAfter;

/// <summary>What is typed about the chosen pools, until it is sent.</summary>
public sealed class CareDraft
{
    public IReadOnlyList<ChosenPool> Pools { get; init; } = [];

    /// <summary>The new size of each, as typed.</summary>
    public IDictionary<PoolKey, string?> Sizes { get; } = new Dictionary<PoolKey, string?>();

    public string? Team { get; set; }

    public string? OwnerId { get; set; }

    /// <summary>As the date field has it.</summary>
    public string? EndsOn { get; set; }

    /// <summary>No end date is wanted.</summary>
    public bool IsEndless { get; set; }

    public string? Confirmation { get; set; }

    public string? SizeOf(ChosenPool pool) => Sizes.TryGetValue(pool.Key, out var size) ? size : null;

    public static CareDraft Of(IReadOnlyList<ChosenPool> pools) => new() { Pools = pools };
}

/// <param name="Teams">To which pools can be handed over.</param>
/// <param name="Owners">Those of the chosen team, with id and name.</param>
public sealed record CareChoices(IReadOnlyList<string> Teams, IReadOnlyList<(string Id, string Name)> Owners);

/// <summary>What a person may do with what they have chosen.</summary>
/// <param name="Care">Keep, shrink, delete, set the end date.</param>
public sealed record CareAllowed(bool Care, bool HandOver);
