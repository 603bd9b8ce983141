using System.Text.Json;
using Portal.DigitalOcean;

namespace Portal.Tests;

public sealed class SecretTests
{
    [Fact]
    public void A_printed_secret_shows_nothing() => $"{new Secret("hunter2")}".ShouldBe("***");

    [Fact]
    public void Writing_a_secret_as_json_is_a_bug_and_throws() =>
        Should.Throw<NotSupportedException>(() => JsonSerializer.Serialize(new Secret("hunter2")));

    [Fact]
    public void A_secret_is_revealed_by_name_only() => new Secret("hunter2").Reveal().ShouldBe("hunter2");
}
