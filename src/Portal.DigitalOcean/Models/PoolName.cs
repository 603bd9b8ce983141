namespace Portal.DigitalOcean;

/// <summary>The rule that a pool's name breaks.</summary>
public enum PoolNameFault
{
    /// <summary>Fewer than <see cref="PoolName.MinimumLength"/> characters, or none.</summary>
    TooShort,

    /// <summary>More than <see cref="PoolName.MaximumLength"/> characters.</summary>
    TooLong,

    /// <summary>Does not begin with a letter from a to z or A to Z.</summary>
    DoesNotBeginWithLetter,

    /// <summary>Has something else than letters, digits, <c>-</c> and <c>_</c>, all ASCII.</summary>
    HasOtherCharacter,

    /// <summary>Is <see cref="PoolName.Reserved"/>.</summary>
    IsReserved,
}

/// <summary>The rules for a pool's name, apart from being free on its cluster.</summary>
/// <remarks>
/// The specification says 3 to 60 characters and nothing of which; the control panel says 63, at which the API was seen to answer 500
/// (terraform-provider-digitalocean#403). The characters are those seen to work, and safe in an address and in PgBouncer's configuration.
/// </remarks>
public static class PoolName
{
    public const int MinimumLength = 3;

    public const int MaximumLength = 60;

    /// <summary>PgBouncer's own administration database, which a pool of that name would hide. Case matters to PgBouncer.</summary>
    public const string Reserved = "pgbouncer";

    /// <summary>The first rule that the name breaks, or null when it keeps all.</summary>
    public static PoolNameFault? Validate(string? name) => name switch
    {
        null or { Length: < MinimumLength } => PoolNameFault.TooShort,
        { Length: > MaximumLength } => PoolNameFault.TooLong,
        _ when !char.IsAsciiLetter(name[0]) => PoolNameFault.DoesNotBeginWithLetter,
        _ when !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') => PoolNameFault.HasOtherCharacter,
        Reserved => PoolNameFault.IsReserved,
        _ => null,
    };

    public static bool IsValid(string? name) => Validate(name) is null;
}
