using Microsoft.Extensions.Options;
using Portal.Access;

namespace Portal.Changes;

/// <summary>Whether this portal only looks: <c>Changes:Mode</c>.</summary>
internal sealed class LookOnly(IOptions<ChangesOptions> options)
{
    public bool IsOn => options.Value.Mode is ChangesMode.LookOnly;

    /// <summary>Why nothing is asked for, decided or carried out; null when it is.</summary>
    public Refusal? WhyNot => IsOn
        ? new Refusal("This portal only looks: it shows and checks, and changes nothing at DigitalOcean. Whoever runs it switches that with Changes:Mode.")
        : null;
}
