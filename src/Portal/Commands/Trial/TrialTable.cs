namespace Portal.Commands;

/// <summary>Prints each answer beside the one of the sandbox.</summary>
internal sealed class TrialTable(TextWriter output)
{
    private int _step;

    public int Differences { get; private set; }

    public async Task<bool> SayAsync(string step, string answer, string expected, string? beside = null)
    {
        var isSame = answer == expected;
        Differences += isSame ? 0 : 1;
        await output.WriteLineAsync(FormattableString.Invariant($"{++_step}. {step}{(isSame ? "" : ": OTHER THAN EXPECTED")}"));
        await output.WriteLineAsync($"   answer   {answer}{(beside is null ? "" : $" - {beside}")}");
        await output.WriteLineAsync($"   sandbox  {expected}");
        return isSame;
    }
}
