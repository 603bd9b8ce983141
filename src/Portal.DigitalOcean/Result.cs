using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Portal.DigitalOcean;

/// <summary>An answer that was expected: a value, or one of the failures that belong to the question.</summary>
/// <remarks>
/// The one result type of the solution. A programming error, or a cancelled call, still throws.
/// </remarks>
public abstract record Result<TValue, TFailure>
    where TValue : notnull
    where TFailure : notnull
{
    private Result()
    {
    }

    public sealed record Ok(TValue Value) : Result<TValue, TFailure>;

    public sealed record Failed(TFailure Failure) : Result<TValue, TFailure>;

    public static implicit operator Result<TValue, TFailure>(TValue value) => new Ok(value);

    public static implicit operator Result<TValue, TFailure>(TFailure failure) => new Failed(failure);

    public TResult Match<TResult>(Func<TValue, TResult> ok, Func<TFailure, TResult> failed) => this switch
    {
        Ok(var value) => ok(value),
        Failed(var failure) => failed(failure),
        _ => throw new UnreachableException(),
    };

    /// <summary>The value when there is one, else the failure.</summary>
    public bool TryGet([NotNullWhen(true)] out TValue? value, [NotNullWhen(false)] out TFailure? failure)
    {
        if (this is Ok ok)
        {
            value = ok.Value;
            failure = default;
            return true;
        }

        value = default;
        failure = ((Failed)this).Failure;
        return false;
    }
}
