namespace Portal.Audit;

/// <summary>The words of the record. They are kept for ever: add, never rename.</summary>
internal static class AuditAction
{
    public const string SignedIn = "signed in";
    public const string SignInRefused = "sign-in refused";
    public const string SignedOut = "signed out";
    public const string SessionEnded = "session ended";
    public const string ActionRefused = "action refused";

    public const string Requested = "requested";
    public const string ApprovedByRule = "approved by rule";
    public const string SentForReview = "sent for review";
    public const string Approved = "approved";
    public const string ApprovedSmaller = "approved with a smaller size";
    public const string Declined = "declined";
    public const string Expired = "expired";
    public const string ReviewReminded = "review reminded";
    public const string RunUrgently = "run urgently";
    public const string UrgentSeen = "urgent looked at";

    public const string Sent = "sent";
    public const string Answered = "answered";
    public const string AnswerLost = "answer lost";
    public const string Postponed = "postponed";
    public const string FoundAgain = "found again";
    public const string Done = "done";
    public const string Failed = "failed";
    public const string FoundConflict = "conflict";
    public const string LeftToPerson = "left to a person";
    public const string Withdrawn = "withdrawn";
    public const string TakenAsOurs = "taken as ours";
    public const string GivenUp = "given up";
    public const string Overtaken = "overtaken";
    public const string AppearedLate = "appeared late";
    public const string TestAsked = "test asked for";
    public const string ConnectionTested = "connection tested";

    public const string ConnectionAsked = "connection asked for";
    public const string ConnectionHandedOut = "connection handed out";
    public const string ConnectionNotHandedOut = "connection not handed out";
    public const string ConnectionLimitReached = "connection limit reached";

    public const string LookDue = "look due";
    public const string LookedAfter = "looked after";
    public const string HandedOver = "handed over";
    public const string EndDateSet = "end date set";
    public const string EndDateCame = "end date came";

    public const string Frozen = "changes frozen";
    public const string Unfrozen = "changes unfrozen";

    public const string NoticeSentAgain = "notice sent again";

    public const string Exported = "exported";
    public const string Started = "started";
    public const string ScopesTried = "token scopes tried";
    public const string ReadApi = "read from DigitalOcean";
    public const string SegmentRemoved = "segment removed";
    public const string BackedUp = "database backed up";
    public const string DatabaseCopied = "database copied";
    public const string TrialAsked = "pool trial asked";
    public const string TrialAnswered = "pool trial answered";
}
