using System.Collections.Frozen;
using Portal.Access;

namespace Portal.Tests.Access;

public sealed class DecidersTests
{
    [Theory]
    [InlineData(0, true, "No other lead of Payments and no admin has signed in yet: the first who does is asked")]
    [InlineData(1, false, "Person 1, lead of Payments, is asked")]
    [InlineData(3, false, "Person 1 or Person 2 or Person 3, leads of Payments, are asked")]
    [InlineData(4, false, "One of the 4 other leads of Payments is asked")]
    [InlineData(1, true, "Payments has no other lead who signs in: Person 1, admin, is asked")]
    [InlineData(2, true, "Payments has no other lead who signs in: Person 1 or Person 2, admins, are asked")]
    [InlineData(4, true, "Payments has no other lead who signs in: one of the 4 admins is asked")]
    public void Who_is_asked_is_named(int count, bool areAdmins, string words) =>
        new Deciders([.. Enumerable.Range(1, count).Select(Person)], areAdmins).Sentence("Payments").ShouldBe(words);

    private static Person Person(int number) => new($"id-{number}", $"Person {number}", FrozenSet<Role>.Empty, FrozenSet<string>.Empty);
}
