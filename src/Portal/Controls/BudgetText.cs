namespace Portal.Controls;

/// <summary>A budget in words: what stands beside the bar, and what is said in its place.</summary>
/// <param name="Shown">"52 of 97 used".</param>
/// <param name="Mark">"nearly full", "full" or "3 above the budget"; null while there is room.</param>
/// <param name="Spoken">All of it, for those who do not see the bar.</param>
internal sealed record BudgetText(string Shown, string? Mark, string Spoken, bool IsOver)
{
    // From here on a cluster is short of connections for those who connect directly.
    private const decimal NearlyFull = 0.8m;

    public static BudgetText Of(int others, int own, int? limit, bool isPlan)
    {
        var used = others + own;
        if (limit is not > 0)
        {
            var unknown = $"{used} used; the budget of this cluster is not known";
            return new BudgetText(unknown, null, unknown, IsOver: false);
        }

        var free = limit.Value - used;
        var shown = isPlan && own > 0 ? $"{others} → {used} of {limit} used" : $"{used} of {limit} used";
        var mark = free switch
        {
            < 0 => $"{-free} above the budget",
            0 => "full",
            _ when used >= limit.Value * NearlyFull => "nearly full",
            _ => null,
        };
        var share = (isPlan, own) switch
        {
            (_, 0) => "",
            (true, _) => $", {own} more than now",
            (false, _) => $", {own} by this pool",
        };
        var rest = free < 0 ? mark! : $"{free} free{(mark is null ? "" : $", {mark}")}";
        return new BudgetText(shown, mark, $"{used} of {limit} server connections used{share}, {rest}", IsOver: free < 0);
    }
}
