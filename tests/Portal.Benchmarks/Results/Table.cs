namespace Portal.Benchmarks.Results;

/// <summary>Rows in columns, for a terminal and for a page.</summary>
internal static class Table
{
    private static readonly string[] Head = ["#", "figure", "portal", "yardstick", "ratio", "target", ""];

    public static IReadOnlyList<string> Lines(IReadOnlyList<Outcome> outcomes)
    {
        var cells = outcomes.SelectMany(outcome => outcome.Rows).Select(Cells).Prepend(Head).ToList();
        var widths = Enumerable.Range(0, Head.Length).Select(column => cells.Max(row => row[column].Length)).ToList();
        return
        [
            .. cells.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()),
            .. Notes(outcomes),
        ];
    }

    public static IReadOnlyList<string> Markdown(IReadOnlyList<Outcome> outcomes) =>
    [
        $"| {string.Join(" | ", Head)} |",
        $"|{string.Concat(Head.Select(_ => "---|"))}",
        .. outcomes.SelectMany(outcome => outcome.Rows).Select(row => $"| {string.Join(" | ", Cells(row))} |"),
        "",
        .. Notes(outcomes).Select(note => $"- {note}"),
    ];

    private static string[] Cells(Row row) =>
    [
        row.Id,
        row.Percentile is 50 ? row.Figure : FormattableString.Invariant($"{row.Figure}, p{row.Percentile}"),
        row.Text(row.Portal),
        row.Yardstick is null ? row.YardstickName ?? "" : $"{row.YardstickName}: {row.Text(row.Yardstick)}",
        row.RatioText,
        row.Target?.Text(row.Unit) ?? "",
        row.Verdict,
    ];

    private static IEnumerable<string> Notes(IReadOnlyList<Outcome> outcomes) =>
    [
        .. outcomes.SelectMany(outcome => outcome.Rows).Where(row => row.Note is not null).Select(row => $"{row.Id}: {row.Note}").Distinct(),
        .. outcomes.Where(outcome => outcome.Failure is not null).Select(outcome => $"{outcome.Id}: NOT MEASURED. {outcome.Failure}"),
    ];
}
