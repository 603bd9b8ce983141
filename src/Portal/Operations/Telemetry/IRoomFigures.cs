namespace Portal.Operations.Telemetry;

/// <summary>How a room does, in figures: its meter for machines, and the same in words for the admin page.</summary>
/// <remarks>One class a room, with its meter. Nothing is computed before somebody asks.</remarks>
internal interface IRoomFigures
{
    /// <summary>What the figures are about, as a heading.</summary>
    string About { get; }

    /// <summary>Reads what stands in the database. When it cannot be read, the figures say so and the meter says nothing of it.</summary>
    Task ReadAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>As they are now, those of the database as they were last read.</summary>
    IReadOnlyList<Figure> Now();
}

/// <param name="Name">What it is, in words.</param>
/// <param name="Value">With its unit.</param>
internal sealed record Figure(string Name, string Value)
{
    /// <summary>Somebody should look at it.</summary>
    public bool IsTrouble { get; init; }
}
