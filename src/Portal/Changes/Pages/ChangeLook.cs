using Portal.Controls;

namespace Portal.Changes;

/// <summary>Which icon and colour a state has, everywhere.</summary>
internal static class ChangeLook
{
    public static StatusKind Of(ChangeState state) => state switch
    {
        ChangeState.Done => StatusKind.Success,
        ChangeState.WaitingForReview => StatusKind.Waiting,
        ChangeState.Approved or ChangeState.Running or ChangeState.Unknown => StatusKind.Busy,
        ChangeState.Conflict or ChangeState.NeedsPerson => StatusKind.Warning,
        ChangeState.Failed => StatusKind.Danger,
        _ => StatusKind.Neutral,
    };

    public static NoticeKind NoticeOf(ChangeState state) => state switch
    {
        ChangeState.Failed => NoticeKind.Error,
        ChangeState.Done or ChangeState.Withdrawn or ChangeState.Declined or ChangeState.Expired => NoticeKind.Info,
        _ => NoticeKind.Warning,
    };
}
