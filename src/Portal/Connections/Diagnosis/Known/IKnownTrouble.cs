using System.Text.RegularExpressions;

namespace Portal.Connections.Diagnosis.Known;

/// <summary>Something that can be wrong. Every class of this namespace that implements it is asked; nothing else has to be told.</summary>
/// <remarks>Needs a constructor without parameters, and keeps no state.</remarks>
internal interface IKnownTrouble
{
    /// <summary>Smaller comes first among findings of one certainty: what causes others before what follows from them.</summary>
    int Order { get; }

    /// <summary>A text that shows it, as people meet it.</summary>
    string Sample { get; }

    IEnumerable<Finding> Find(Pasted pasted);
}

/// <summary>Trouble that is known by the words of a message.</summary>
internal abstract class KnownMessage : IKnownTrouble
{
    public abstract int Order { get; }

    public abstract string Sample { get; }

    protected abstract Regex Words { get; }

    public IEnumerable<Finding> Find(Pasted pasted) => Words.Match(pasted.Text) is { Success: true } match ? [Explain(match, pasted)] : [];

    protected abstract Finding Explain(Match match, Pasted pasted);
}

internal static class KnownTroubles
{
    public static IReadOnlyList<IKnownTrouble> All { get; } =
    [
        .. typeof(KnownTroubles).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false }
                && type.Namespace == typeof(KnownTroubles).Namespace
                && type.IsAssignableTo(typeof(IKnownTrouble)))
            .Select(type => (IKnownTrouble)Activator.CreateInstance(type)!)
            .OrderBy(trouble => trouble.Order),
    ];

    /// <summary>The words by which each of them is known that is known by a message.</summary>
    public static IReadOnlyList<string> Messages { get; } = [.. All.OfType<KnownMessage>().Select(trouble => trouble.Sample)];
}
