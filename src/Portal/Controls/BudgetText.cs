namespace Portal.Controls;

/// <summary>A budget in words: what stands beside the bar, and what is said in its place.</summary>
/// <param name="Shown">"52 of 97 used".</param>
/// <param name="Mark">"nearly full", "full" or "3 above the budget"; null while there is room.</param>
/// <param name="Spoken">All of it, for those who do not see the bar.</param>
internal sealed record BudgetText(string Shown, string? Mark, string Spoken, bool IsOver)
{
    // From here on a cluster is short of connections for those who connect directly.
    private const decimal NearlyFull = 0.8m;

    /// <param name="own">What the pool that the page is about has, or will have.</param>
    /// <param name="onTheWay">What approved changes of others will add.</param>
    /// <param name="before">What this pool has now, where <paramref name="own"/> is what it will have.</param>
    public static BudgetText Of(int others, int own, int? limit, bool isPlan, int onTheWay = 0, int before = 0)
    {
        var used = others + onTheWay + own;
        var difference = isPlan ? own - before : 0;
        var change = difference == 0 ? $"{used}" : $"{used - difference} → {used}";
        if (limit is not > 0)
        {
            var unknown = $"{change} used, limit unknown";
            return new BudgetText(unknown, null, unknown, IsOver: false);
        }

        var free = limit.Value - used;
        var mark = free switch
        {
            < 0 => $"{-free} above the budget",
            0 => "full",
            _ when used >= limit.Value * NearlyFull => "nearly full",
            _ => null,
        };
        var share = (isPlan, difference) switch
        {
            (true, > 0) => $", {difference} more than now",
            (true, < 0) => $", {-difference} fewer than now",
            (true, _) when own > 0 => ", as many as now",
            (false, _) when own > 0 => $", {own} by this pool",
            _ => "",
        };
        var coming = onTheWay > 0 ? $", {onTheWay} of them on the way" : "";
        var rest = free < 0 ? mark! : $"{free} free{(mark is null ? "" : $", {mark}")}";
        return new BudgetText($"{change} of {limit} used", mark, $"{used} of {limit} server connections used{coming}{share}, {rest}", IsOver: free < 0);
    }
}
