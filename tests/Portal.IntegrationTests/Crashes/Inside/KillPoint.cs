namespace Portal.IntegrationTests.Crashes;

/// <summary>Where the portal is killed.</summary>
internal enum KillPoint
{
    /// <summary>At any moment: after so many steps, which are calls begun, calls answered and commands of the database.</summary>
    Random,

    /// <summary>The intent is committed, the call is not out.</summary>
    AfterIntent,

    /// <summary>A POST, PUT or DELETE has been written to the network, its answer is not here.</summary>
    AfterSend,

    /// <summary>The head of its answer is here, nothing of it is written down.</summary>
    AfterAnswer,

    /// <summary>The outcome is in the transaction, which is about to be committed.</summary>
    BeforeCommit,

    /// <summary>The outcome is committed, nobody has been told.</summary>
    AfterCommit,

    /// <summary>Rows of the record are inserted, their transaction is not committed.</summary>
    InAudit,

    /// <summary>A pool is being read back.</summary>
    InReadBack,
}
