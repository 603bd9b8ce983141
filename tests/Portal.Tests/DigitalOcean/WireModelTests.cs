using System.Text.Json.Serialization.Metadata;
using Portal.DigitalOcean;
using Portal.DigitalOcean.Wire;
using static Portal.Tests.DigitalOcean.TestApi;

namespace Portal.Tests.DigitalOcean;

public sealed class WireModelTests
{
    /// <summary>The only two models with a place for a password: those behind a connection.</summary>
    private static readonly Type[] WithPassword = [typeof(WireConnectionWithPassword), typeof(WireUserCredentials)];

    [Fact]
    public void No_wire_model_has_a_place_for_a_password_but_the_two_behind_a_connection()
    {
        var places = Models()
            .SelectMany(model => model.Properties.Select(member => (model.Type, member.Name, member.PropertyType)))
            // Whether there is one is no place for one.
            .Where(place => place.PropertyType != typeof(bool))
            .Where(place => place.PropertyType == typeof(Secret)
                || place.Name.Contains("pass", StringComparison.OrdinalIgnoreCase)
                || place.Name.Contains("uri", StringComparison.OrdinalIgnoreCase)
                || place.Name.Contains("key", StringComparison.OrdinalIgnoreCase)
                || place.Name.Contains("secret", StringComparison.OrdinalIgnoreCase));

        places.ShouldBe(WithPassword.Select(type => (type, "password", typeof(Secret))), ignoreOrder: true);
    }

    [Fact]
    public void No_wire_model_keeps_what_it_does_not_know() =>
        Models().ShouldAllBe(model => model.Properties.All(member => !member.IsExtensionData));

    [Fact]
    public void Only_the_answers_to_the_two_calls_behind_a_connection_reach_a_password()
    {
        var answers = typeof(IDigitalOceanApi).GetMethods()
            .Where(method => Reaches(method.ReturnType.GetGenericArguments()[0].GetGenericArguments()[0]))
            .Select(method => method.Name);

        answers.ShouldBe([nameof(IDigitalOceanApi.GetPoolConnectionAsync), nameof(IDigitalOceanApi.GetUserCredentialsAsync)], ignoreOrder: true);
    }

    [Fact]
    public async Task Nothing_that_is_printed_after_a_call_has_the_token_in_it()
    {
        var seen = new CallList();
        await using var server = RawServer.Answering(
            RawServer.Json(422, """{"id":"unprocessable_entity","message":"no"}"""), RawServer.Text(502, $"<html>{Token}</html>"));
        using var api = Client(server.Address, observer: seen);

        var failures = new[]
        {
            await FailureOf(api.GetAccountAsync(TestContext.Current.CancellationToken)),
            await FailureOf(api.CreatePoolAsync(ClusterId, BackendPool, TestContext.Current.CancellationToken)),
        };

        string.Concat(failures.Select(failure => failure!.ToString())).ShouldNotContain(Token);
        string.Concat(seen.Calls).ShouldNotContain(Token);
        new ApiToken(new Secret(Token), "7").ToString().ShouldNotContain(Token);
    }

    private static IEnumerable<JsonTypeInfo> Models()
    {
        var types = typeof(WireContext).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(WireContext).Namespace && type is { IsAbstract: false, IsNested: false } && type != typeof(WireContext))
            .ToList();
        types.Count.ShouldBeGreaterThan(20);
        return types.Select(type => WireContext.Default.GetTypeInfo(type).ShouldNotBeNull($"{type} is in the context"));
    }

    private static bool Reaches(Type type) =>
        WithPassword.Contains(type)
        || type.GetGenericArguments().Any(Reaches)
        || (type.Namespace == typeof(WireContext).Namespace && type.GetProperties().Any(property => Reaches(property.PropertyType)));
}
