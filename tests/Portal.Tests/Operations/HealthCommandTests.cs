using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Portal.Operations;

namespace Portal.Tests.Operations;

public sealed class HealthCommandTests
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    [Fact]
    public async Task A_portal_that_is_ready_ends_it_with_0()
    {
        await using var portal = await AnswerAsync(path => path == "/health/ready" ? Results.Text("Healthy") : Results.NotFound());

        (await RunAsync("health", AddressOf(portal))).ShouldBe(0);

        _output.ToString().ShouldContain("answers 200: Healthy");
        _error.ToString().ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_an_address_it_asks_the_first_port_that_the_portal_listens_on()
    {
        await using var portal = await AnswerAsync(_ => Results.Text("Healthy"));

        (await HealthCommand.RunAsync(["health"], urls: null, $"{new Uri(AddressOf(portal)).Port};1", _output, _error)).ShouldBe(0);
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}")]
    [InlineData("http://+:{0};https://+:1")]
    [InlineData("http://*:{0}")]
    [InlineData("http://0.0.0.0:{0}/")]
    [InlineData("http://[::]:{0}")]
    public async Task Addresses_that_the_portal_listens_on_come_before_ports(string urls)
    {
        await using var portal = await AnswerAsync(_ => Results.Text("Healthy"));

        (await HealthCommand.RunAsync(["health"], string.Format(CultureInfo.InvariantCulture, urls, new Uri(AddressOf(portal)).Port), "1", _output, _error)).ShouldBe(0);
    }

    [Fact]
    public async Task A_portal_that_is_not_ready_ends_it_with_1()
    {
        await using var portal = await AnswerAsync(_ => Results.Text("Unhealthy", statusCode: (int)HttpStatusCode.ServiceUnavailable));

        (await RunAsync("health", AddressOf(portal))).ShouldBe(1);

        _output.ToString().ShouldContain("answers 503: Unhealthy");
    }

    [Fact]
    public async Task An_answer_that_sends_elsewhere_is_not_followed()
    {
        await using var other = await AnswerAsync(_ => Results.Text("Healthy"));
        await using var portal = await AnswerAsync(_ => Results.Redirect(AddressOf(other)));

        (await RunAsync("health", AddressOf(portal))).ShouldBe(1);

        _output.ToString().ShouldContain("answers 302: not the words of a portal");
    }

    [Fact]
    public async Task Nobody_there_ends_it_with_1_and_says_so()
    {
        var portal = await AnswerAsync(_ => Results.Text("Healthy"));
        var address = AddressOf(portal);
        await portal.DisposeAsync();

        (await RunAsync("health", address)).ShouldBe(1);

        _error.ToString().ShouldStartWith($"{address}/ does not answer: ");
        _output.ToString().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("health", "8080")]
    [InlineData("health", "ftp://127.0.0.1")]
    [InlineData("health", "http://127.0.0.1:8080", "more")]
    [InlineData("health")]
    public async Task What_cannot_be_asked_is_answered_by_how_to_ask(params string[] arguments)
    {
        (await RunAsync(arguments)).ShouldBe(1);

        _error.ToString().ShouldStartWith("usage: dotnet Portal.dll health");
    }

    [Fact]
    public void Only_its_own_word_is_taken_for_it()
    {
        HealthCommand.IsWanted(["health"]).ShouldBeTrue();
        HealthCommand.IsWanted(["--health"]).ShouldBeFalse();
        HealthCommand.IsWanted([]).ShouldBeFalse();
    }

    private Task<int> RunAsync(params string[] arguments) => HealthCommand.RunAsync(arguments, urls: null, ports: null, _output, _error);

    private static string AddressOf(WebApplication portal) => portal.Urls.ShouldHaveSingleItem();

    private static async Task<WebApplication> AnswerAsync(Func<string, IResult> answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(context => answer(context.Request.Path).ExecuteAsync(context));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
