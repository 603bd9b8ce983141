using System.Globalization;

namespace Portal.Benchmarks;

/// <summary>What was asked for on the command line.</summary>
internal sealed record Options
{
    public const string Usage = """
        usage: ./bench.sh [--only FIGURE]... [--quick] [--write] [--portal FILE]

        Measures the portal against the empty Blazor Server template, on this machine, and prints a table: what was measured, the same of the
        yardstick, what was to be reached, and whether it was. It ends with 0 also where it was not.

          --only FIGURE   one of P1, P2, P3, P4, P5, P6, P7, P8, P9, P10, P11, P12, replicas, notify, failover, peers, lists, fresh and start; several times for several
          --quick         fewer and shorter runs, under 5 minutes: for seeing that it works, not for figures
          --write         writes docs/benchmarks.md too; artifacts/bench/results.json is always written
          --portal FILE   another Portal.dll than the one that was built, for example a published one
          --help          this text
        """;

    public IReadOnlyList<string> Only { get; init; } = [];

    public bool IsQuick { get; init; }

    public bool IsWritten { get; init; }

    public string? Portal { get; init; }

    /// <summary>What was typed; null when it cannot be understood, and then why.</summary>
    public static Options? Read(IReadOnlyList<string> arguments, IReadOnlyCollection<string> figures, out string? fault)
    {
        var options = new Options();
        fault = null;
        for (var index = 0; index < arguments.Count; index++)
        {
            switch (arguments[index])
            {
                case "--quick":
                    options = options with { IsQuick = true };
                    break;
                case "--write":
                    options = options with { IsWritten = true };
                    break;
                case "--portal" when index + 1 < arguments.Count:
                    options = options with { Portal = Path.GetFullPath(arguments[++index]) };
                    break;
                case "--only" when index + 1 < arguments.Count:
                    var wanted = arguments[++index];
                    if (figures.FirstOrDefault(figure => string.Equals(figure, wanted, StringComparison.OrdinalIgnoreCase)) is not { } known)
                    {
                        fault = string.Create(CultureInfo.InvariantCulture, $"There is no figure {wanted}. There are: {string.Join(", ", figures)}.");
                        return null;
                    }

                    options = options with { Only = [.. options.Only, known] };
                    break;
                default:
                    fault = $"Unknown or incomplete option: {arguments[index]}";
                    return null;
            }
        }

        return options;
    }
}
