using System.Globalization;
using Microsoft.AspNetCore.Components;
using Portal.DigitalOcean;

namespace Portal.Pools.Fields;

/// <summary>How many server connections an app needs, by what its people know of it.</summary>
public sealed partial class SizeCalculator
{
    [Parameter, EditorRequired]
    public PoolMode Mode { get; set; }

    [Parameter, EditorRequired]
    public SizeCalculation Value { get; set; } = null!;

    /// <summary>The most that the pool can have; null when it is not known.</summary>
    [Parameter]
    public int? Free { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<SizeCalculation> OnChanged { get; set; }

    /// <summary>The result is to be the size.</summary>
    [Parameter, EditorRequired]
    public EventCallback<int> OnUse { get; set; }

    private int? Needed => Value.Needed(Mode);

    private string Sum => Mode is PoolMode.Session
        ? $"{Value.Instances!.Trim()} × {Value.ConnectionsEach!.Trim()} clients can be connected at once, and each holds a connection: {Needed}."
        : $"{Value.PerSecond!.Trim()} a second × {Value.Milliseconds!.Trim()} ms = {AtWork} at work on average, and half as many again for peaks: {Needed}.";

    private string AtWork => (Number(Value.PerSecond) * Number(Value.Milliseconds) / 1000).ToString("0.##", CultureInfo.InvariantCulture);

    private string Otherwise => Mode is PoolMode.Session
        ? "Let each instance open fewer, or see whether Transaction would do."
        : "Shorter transactions need fewer.";

    private static decimal Number(string? text) => decimal.Parse(text!, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);
}
