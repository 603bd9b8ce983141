using Microsoft.AspNetCore.Components;

namespace Portal.Changes;

/// <summary>The last day on which a pool is wanted. What is typed is checked where it is sent to.</summary>
public sealed partial class EndDateField(TimeProvider clock)
{
    [Parameter, EditorRequired]
    public required string Id { get; set; }

    /// <summary>As the date field has it.</summary>
    [Parameter]
    public string? Value { get; set; }

    [Parameter]
    public string? Error { get; set; }

    [Parameter]
    public string Hint { get; set; } = "On the day after, a lead is asked whether it may be deleted. Nothing is deleted by itself.";

    [Parameter, EditorRequired]
    public EventCallback<string?> OnTyped { get; set; }

    private string? Earliest => EndDate.Typed(clock.GetUtcNow() + TimeSpan.FromDays(1));

    private string? Latest => EndDate.Typed(clock.GetUtcNow() + EndDate.Furthest);
}
