namespace Portal.Sandbox.SignIn;

/// <summary>How the provider differs from a good one, for tests. By default in nothing.</summary>
public sealed class SignInOddities
{
    /// <summary>How far its clock is ahead; below zero when it is behind.</summary>
    public TimeSpan ClockIsAheadBy { get; set; }

    /// <summary>Whether its id tokens have <c>auth_time</c>.</summary>
    public bool SaysWhenAsked { get; set; } = true;

    /// <summary>How long before the sign-in it asked who it is: what a provider does that heeds neither <c>prompt</c> nor <c>max_age</c>.</summary>
    public TimeSpan AskedBefore { get; set; }
}
