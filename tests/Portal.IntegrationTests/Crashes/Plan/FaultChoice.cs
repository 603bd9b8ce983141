using Portal.Changes;
using Portal.Sandbox.Control;

namespace Portal.IntegrationTests.Crashes;

/// <summary>What can go wrong with a call: before it takes effect, after it, or instead of it.</summary>
internal static class FaultChoice
{
    // A status of 4xx is DigitalOcean's definite answer, and is given only to what was not done; all the others may lie.
    private static readonly Fault[] Choices =
    [
        Of(FaultKind.DropBefore),
        Of(FaultKind.DropBefore) with { Times = 2 },
        Of(FaultKind.DropAfter),
        Of(FaultKind.DropAfter),
        Of(FaultKind.Truncate),
        Of(FaultKind.Malformed),
        Of(FaultKind.Empty),
        Of(FaultKind.Html),
        Of(FaultKind.Status, 500),
        Of(FaultKind.Status, 503) with { Times = 2 },
        Of(FaultKind.Status, 408),
        Of(FaultKind.Status, 412) with { Times = 2 },
        Of(FaultKind.Status, 401),
        Of(FaultKind.Status, 403),
        Of(FaultKind.Status, 422),
        Of(FaultKind.Status, 409),
        Of(FaultKind.StatusAfterEffect, 500),
        Of(FaultKind.StatusAfterEffect, 503),
        Of(FaultKind.StatusAfterEffect, 504),
        Of(FaultKind.StatusAfterEffect, 408),
        Of(FaultKind.Throttle) with { DelayMs = 1 },
        Of(FaultKind.Delay) with { DelayMs = 150 },
        Of(FaultKind.DelayAfterEffect) with { DelayMs = 150 },
    ];

    private static readonly Fault[] ForReading =
    [
        Of(FaultKind.DropBefore),
        Of(FaultKind.Truncate),
        Of(FaultKind.Malformed),
        Of(FaultKind.Html),
        Of(FaultKind.Status, 500),
        Of(FaultKind.Status, 503) with { Times = 2 },
        Of(FaultKind.Delay) with { DelayMs = 150 },
    ];

    /// <summary>For the call of a change: one fault, or two in a row.</summary>
    public static IReadOnlyList<Fault> For(ChangeKind kind, string path, Random random)
    {
        if (PlannedChange.MethodOf(kind) is not { } method)
        {
            return [OfReading(path, random)];
        }

        var first = Choices[random.Next(Choices.Length)] with { Method = method.Method, Path = path };
        return random.Next(5) == 0 ? [first, Choices[random.Next(Choices.Length)] with { Method = method.Method, Path = path }] : [first];
    }

    public static Fault OfReading(string path, Random random) =>
        ForReading[random.Next(ForReading.Length)] with { Method = HttpMethod.Get.Method, Path = path };

    private static Fault Of(FaultKind kind, int? status = null) => new() { Path = "*", Kind = kind, Status = status };
}
