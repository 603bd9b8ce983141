using Portal.DigitalOcean;

namespace Portal.Access;

/// <summary>What an admin does, and an auditor sees, is checked here by every service that does it.</summary>
internal sealed class AdminDoor(Sessions sessions, Refusals refusals)
{
    private static readonly Refusal OnlySeen = new("Admins and auditors can see this.");
    private static readonly Refusal OnlyDone = new("Only an admin can do this.");

    /// <summary>An admin or an auditor, or why not.</summary>
    public async Task<Result<Person, Refusal>> SeeAsync(SessionKey session, CancellationToken cancellationToken)
    {
        var read = await sessions.ReadAsync(session, cancellationToken);
        return !read.TryGet(out var person, out _) || person.Has(Role.Admin) || person.Has(Role.Auditor) ? read : OnlySeen;
    }

    /// <summary>An admin, or why not. Who is refused stands in the record.</summary>
    /// <param name="what">For the record: "end a session".</param>
    public async Task<Result<Person, Refusal>> ActAsync(SessionKey session, string what, CancellationToken cancellationToken)
    {
        var read = await sessions.ReadAsync(session, cancellationToken);
        if (!read.TryGet(out var person, out _) || person.Has(Role.Admin))
        {
            return read;
        }

        await refusals.RecordAsync(person, what, OnlyDone);
        return OnlyDone;
    }
}
