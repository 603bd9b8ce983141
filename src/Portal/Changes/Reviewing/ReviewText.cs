namespace Portal.Changes;

/// <summary>What may be in the words of who decides: the one place, for a note as for the reason of a decline. They are kept for ever and sent on.</summary>
internal static class ReviewText
{
    public static void CheckNote(string? note, List<FieldMistake> mistakes) => Check(note, ChangeField.Note, "Note", mistakes);

    /// <param name="requester">Who reads it.</param>
    public static void CheckDecline(string? reason, string requester, List<FieldMistake> mistakes)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            mistakes.Add(new(ChangeField.Reason, $"Enter a reason: {requester} reads it"));
        }

        Check(reason, ChangeField.Reason, "Reason", mistakes);
    }

    /// <summary>As it is kept: null when there is nothing in it.</summary>
    public static string? Kept(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static void Check(string? text, ChangeField field, string label, List<FieldMistake> mistakes)
    {
        if (text is { Length: > FieldRules.LongestReason })
        {
            mistakes.Add(new(field, $"{label} must be {FieldRules.LongestReason} characters or fewer"));
        }
        else if (FreeText.WhyNot(label, text) is { } secret)
        {
            mistakes.Add(new(field, secret));
        }
    }
}
