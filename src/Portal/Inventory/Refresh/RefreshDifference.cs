namespace Portal.Inventory;

/// <summary>What a reading found that was not known before, in words.</summary>
internal static class RefreshDifference
{
    public static string Count(int clusters) => clusters == 1 ? "1 cluster" : $"{clusters} clusters";

    public static string Words(IEnumerable<(ClusterFacts? Before, ClusterFacts After)> readings)
    {
        var (added, changed, gone, described) = (0, 0, 0, 0);
        foreach (var (before, after) in readings)
        {
            var known = (before?.Pools ?? []).ToDictionary(pool => pool.Name, StringComparer.Ordinal);
            foreach (var pool in after.Pools)
            {
                added += known.Remove(pool.Name, out var was) ? 0 : 1;
                changed += was is null || was.HasContentOf(pool) ? 0 : 1;
            }

            gone += known.Count;
            described += before is not null && (before.Status, before.SizeSlug) != (after.Status, after.SizeSlug) ? 1 : 0;
        }

        string?[] parts =
        [
            added == 0 ? null : $"{Pools(added)} new",
            changed == 0 ? null : $"{Pools(changed)} changed",
            gone == 0 ? null : $"{Pools(gone)} gone",
            described == 0 ? null : $"{Count(described)} in another state or plan",
        ];
        var said = string.Join(", ", parts.OfType<string>());
        return said.Length == 0 ? "Nothing has changed." : $"{said}.";
    }

    private static string Pools(int count) => count == 1 ? "1 pool" : $"{count} pools";
}
