using Portal.Changes;

namespace Portal.IntegrationTests.Crashes;

/// <summary>What the harness wants of the portal's process: a line of JSON on its standard input.</summary>
/// <remarks>It goes to the portal's own services, as a page would: with a session, rights and the record.</remarks>
internal sealed record Order
{
    /// <summary>Read these clusters, and answer for these pools as if they had been made here before.</summary>
    public IReadOnlyList<OwnedPool>? Own { get; init; }

    public CreatePool? Create { get; init; }

    public ExistingPoolRequest? Existing { get; init; }

    public PersonsWord? Word { get; init; }

    public Arming? Arm { get; init; }

    /// <summary>Changes are frozen, so that all of them can be asked for before any is carried out; or go on.</summary>
    public bool? Freeze { get; init; }

    /// <summary>Seconds by which the clock is off from now on.</summary>
    public int? ClockOff { get; init; }
}

internal sealed record OwnedPool(Guid Cluster, string Name, string Mode, int Size, string Database, string User);

/// <param name="IsOurs">"It is ours", or "Give up".</param>
internal sealed record PersonsWord(long Change, bool IsOurs);

internal sealed record Arming(KillPoint Point, int Times);

/// <summary>The answer to an order, a line of the answers' file; the first one says where the portal is.</summary>
/// <param name="Form">Of what was asked for.</param>
/// <param name="Refused">Why not, in the portal's words; null when it was taken.</param>
/// <param name="Broke">What it threw, which nobody expected.</param>
internal sealed record OrderAnswer(Guid? Form = null, long? Change = null, string? Refused = null, string? Address = null, string? Broke = null);
