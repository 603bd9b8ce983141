namespace Portal.Changes;

/// <summary>How one kind of change is carried out. Every class that implements it is found by itself.</summary>
/// <remarks>Each call is one turn: it ends in another state, or in a time to come back.</remarks>
internal interface IChangeExecution
{
    bool Does(ChangeKind kind);

    /// <summary>The change is approved and it is its turn.</summary>
    Task<PoolChange> StartAsync(PoolChange change, CancellationToken cancellationToken);

    /// <summary>A call may have taken effect; what stands at DigitalOcean says whether it did.</summary>
    Task<PoolChange> ReadBackAsync(PoolChange change, CancellationToken cancellationToken);
}

/// <summary>Gives a change the turn that its state asks for.</summary>
internal sealed class ChangeTurns(IEnumerable<IChangeExecution> executions, ChangeOutcomes outcomes)
{
    public async Task<PoolChange> TurnAsync(PoolChange change, CancellationToken cancellationToken)
    {
        var execution = executions.Single(execution => execution.Does(change.Kind));
        return change switch
        {
            { State: ChangeState.Running, InFlight: false } => await outcomes.ReturnAsync(change),
            { State: ChangeState.Running } => await outcomes.LoseAnswerAsync(change, failure: null),
            { State: ChangeState.Unknown } => await execution.ReadBackAsync(change, cancellationToken),
            _ => await execution.StartAsync(change, cancellationToken),
        };
    }
}
