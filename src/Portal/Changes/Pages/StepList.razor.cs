using Microsoft.AspNetCore.Components;
using Portal.Controls;

namespace Portal.Changes;

/// <summary>The steps of a change: those that were reached, the one under way, and those to come.</summary>
public sealed partial class StepList
{
    [Parameter, EditorRequired]
    public PoolChange Change { get; set; } = null!;

    /// <summary>The step that is under way, or the one at which the change ended; null when there is none.</summary>
    private ChangeStepKind? Current => Change.State switch
    {
        ChangeState.WaitingForReview => ChangeStepKind.Approved,
        ChangeState.Approved or ChangeState.Running => ChangeKinds.StepsOf(Change.Kind)[2],
        ChangeState.Unknown => ChangeStepKind.ReadBack,
        ChangeState.Done when Change.Kind.IsTested() && Change.Steps.All(step => step.Kind is not ChangeStepKind.TestedConnection) => ChangeStepKind.TestedConnection,
        _ => null,
    };

    private ChangeStepKind? FailedAt => Change.State is ChangeState.Failed or ChangeState.Conflict or ChangeState.NeedsPerson
        ? ChangeKinds.StepsOf(Change.Kind).Cast<ChangeStepKind?>().FirstOrDefault(kind => Change.Steps.All(step => step.Kind != kind))
        : null;

    private string ClassOf(ChangeStepKind kind, ChangeStep? step) =>
        step is not null ? "done" : kind == FailedAt ? "failed" : kind == Current ? "busy" : "todo";

    private IconName PictureOf(ChangeStepKind kind, ChangeStep? step) =>
        step is not null ? IconName.CheckCircle : kind == FailedAt ? IconName.CrossCircle : kind == Current ? IconName.Busy : IconName.Circle;
}
