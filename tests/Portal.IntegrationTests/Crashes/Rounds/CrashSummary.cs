using System.Globalization;
using System.Text;

namespace Portal.IntegrationTests.Crashes;

/// <summary>The table at the end: what was done to the portal, what became of it, and what a blind client made of the same.</summary>
internal sealed record CrashSummary(IReadOnlyList<RoundResult> Rounds)
{
    public int Changes => Rounds.Sum(round => round.Changes);

    public int WrongOfBlind => Rounds.Sum(round => round.Blind.Wrong);

    public int Wrong => Rounds.Sum(round => round.Flaws.Count + round.SecretsFound);

    public override string ToString()
    {
        var text = new StringBuilder();
        Line(text, "seed", $"{Rounds[0].Seed}, rounds {Rounds.Min(round => round.Round)} to {Rounds.Max(round => round.Round)}");
        Line(text, "rounds, one SIGKILL each", $"{Rounds.Count} ({Join(Rounds.Select(round => round.Engine))})");
        Line(text, "faulted changes", $"{Changes}; {Rounds.Average(round => round.InFlight):0} in flight at a kill, at least {Rounds.Min(round => round.InFlight)}, at most {Rounds.Max(round => round.InFlight)}");
        Line(text, "kills by point", Join(Rounds.Select(round => round.IsReached ? $"{round.Point}" : "idle, the point was not reached")));
        Line(text, "faults that met a call", $"{Rounds.Sum(round => round.Faults.Values.Sum())}: {Join(Rounds.SelectMany(round => round.Faults))}");
        Line(text, "rounds with other trouble", Join(Rounds.SelectMany(round => round.Nuisances).Select(nuisance => $"{nuisance}")));
        Line(text, "changes by end", Join(Rounds.SelectMany(round => round.Ends)));
        Line(text, "requests not taken in", $"{Rounds.Sum(round => round.Refused.Count)}");
        foreach (var kind in Enum.GetValues<FlawKind>())
        {
            Line(text, Words(kind), $"{Rounds.Sum(round => round.Flaws.Count(flaw => flaw.Kind == kind))}");
        }

        Line(text, "secrets found", $"{Rounds.Sum(round => round.SecretsFound)}");
        Line(
            text,
            "a blind client, same faults",
            $"{WrongOfBlind} wrong of {Rounds.Sum(round => round.Blind.Changes)}: {Rounds.Sum(round => round.Blind.CalledFailed)} took effect and were called failed, "
            + $"{Rounds.Sum(round => round.Blind.CalledDone)} took none and were called done, {Rounds.Sum(round => round.Blind.Twice)} took effect twice");
        foreach (var round in Rounds.Where(round => round.Flaws.Count > 0 || round.SecretsFound > 0))
        {
            text.Append(CultureInfo.InvariantCulture, $"seed {round.Seed}, round {round.Round}:\n  {string.Join("\n  ", round.Flaws.Select(flaw => $"{flaw.Kind}: {flaw.Words}"))}\n");
        }

        return text.ToString();
    }

    private static string Words(FlawKind kind) => kind switch
    {
        FlawKind.Lost => "lost",
        FlawKind.Doubled => "doubled",
        FlawKind.HalfDone => "half done",
        _ => "not recorded",
    };

    private static void Line(StringBuilder text, string name, string value) => text.Append(CultureInfo.InvariantCulture, $"{name,-28} {value}\n");

    private static string Join(IEnumerable<string> names) => Join(names.Select(name => KeyValuePair.Create(name, 1)));

    private static string Join(IEnumerable<KeyValuePair<string, int>> counts) => string.Join(
        ", ",
        counts.GroupBy(count => count.Key, count => count.Value).OrderByDescending(group => group.Sum()).ThenBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Sum()} {group.Key}"));
}
