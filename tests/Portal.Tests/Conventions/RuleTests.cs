using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Logging;
using Portal.DigitalOcean;

namespace Portal.Tests.Conventions;

/// <summary>Rules of the code that a machine can hold.</summary>
public sealed partial class RuleTests
{
    private static readonly Assembly[] Ours = [Code.Portal, Code.DigitalOcean];

    /// <summary>Who may turn a secret into text, because its text has to leave: to a header, a form, a password file, a person.</summary>
    private static readonly string[] MayReveal =
    [
        "Portal.Access.ClientKey",
        "Portal.Access.ClientProofs",
        "Portal.Changes.Notices.NoticeSignature",
        "Portal.Changes.Notices.NoticeVault",
        "Portal.Connections.ConnectionEndpoints",
        "Portal.Connections.PasswordText",
        "Portal.Connections.Probing.PoolLogin",
        "Portal.Connections.Probing.Scram",
        "Portal.DigitalOcean.Calls.ApiCaller",
        "Portal.DigitalOcean.Secret",
        "Portal.Vaults.ApiTokens",
        "Portal.Vaults.HashiCorpLogin",
        "Portal.Vaults.HashiCorpVault",
        "Portal.Vaults.KeyEncryptionKeys",
        "Portal.Vaults.RecordSigningKey",
    ];

    /// <summary>Pages for people who are not signed in, or not let in.</summary>
    private static readonly string[] OpenPages = ["/error", "/not-allowed", "/signed-out"];

    /// <summary>Event ids keep their meaning for ever; each room has its own.</summary>
    private static readonly Dictionary<string, (int First, int Last)> EventIds = new(StringComparer.Ordinal)
    {
        ["Shell"] = (1100, 1199),
        ["Pools"] = (1200, 1299),
        ["Reviews"] = (1300, 1399),
        ["Records"] = (1400, 1499),
        ["Access"] = (2000, 2099),
        ["Vaults"] = (2100, 2199),
        ["Audit"] = (2200, 2299),
        ["Storage"] = (2300, 2399),
        ["Operations"] = (2400, 2499),
        ["Inventory"] = (3000, 3999),
        ["Changes"] = (4000, 4999),
        ["Connections"] = (5000, 5999),
    };

    /// <summary>Blazor ends the page over a value that is not of the type; text is always of the type.</summary>
    [Fact]
    public void What_comes_from_an_address_is_taken_as_text()
    {
        var parameters = Ours.SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(property => property.IsDefined(typeof(SupplyParameterFromQueryAttribute)))
            .ToList();

        parameters.ShouldNotBeEmpty();
        parameters.Where(property => property.PropertyType != typeof(string)).Select(property => $"{property.DeclaringType}.{property.Name}").ShouldBeEmpty();
    }

    [Fact]
    public void Every_page_says_who_may_open_it()
    {
        var pages = Pages().ToList();
        pages.ShouldNotBeEmpty();
        pages.Where(page => !page.IsDefined(typeof(AuthorizeAttribute)) && !page.IsDefined(typeof(AllowAnonymousAttribute)))
            .Select(page => page.FullName)
            .ShouldBeEmpty();
    }

    [Fact]
    public void Only_a_few_pages_are_open_to_everybody() =>
        Pages().Where(page => page.IsDefined(typeof(AllowAnonymousAttribute)))
            .SelectMany(page => page.GetCustomAttributes<RouteAttribute>())
            .Select(route => route.Template)
            .ShouldBeSubsetOf(OpenPages);

    [Fact]
    public void A_component_never_writes_its_own_parameter()
    {
        var written =
            from component in Code.Portal.GetTypes()
            where component.IsAssignableTo(typeof(IComponent))
            let setters = component.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Where(property => property.IsDefined(typeof(ParameterAttribute)) || property.IsDefined(typeof(CascadingParameterAttribute)))
                .Select(property => property.SetMethod)
                .ToList()
            from type in Code.Portal.GetTypes()
            where Code.Outermost(type) == component
            from method in Code.Methods(type)
            from member in Code.MembersNamedBy(method)
            where setters.Contains(member)
            select $"{component.FullName}.{method.Name}: {member.Name}";

        written.ShouldBeEmpty();
    }

    [Fact]
    public void Nobody_reads_the_clock_but_through_a_TimeProvider() =>
        Repository.Code("src").SelectMany(file => file.Places(Clock())).ShouldBeEmpty();

    [Fact]
    public void Nothing_sleeps() =>
        Repository.Code("src", "tests", "eng").SelectMany(file => file.Places(Sleep())).ShouldBeEmpty();

    [Fact]
    public void A_delay_runs_by_a_TimeProvider() =>
        Repository.Code("src").SelectMany(file => file.Places(Delay())).Where(place => !DelayByClock().IsMatch(place)).ShouldBeEmpty();

    [Fact]
    public void No_test_waits_for_time_to_pass() =>
        Repository.Code("tests").SelectMany(file => file.Places(Delay())).ShouldBeEmpty();

    [Fact]
    public void A_secret_becomes_text_in_few_places()
    {
        var reveal = typeof(Secret).GetMethod(nameof(Secret.Reveal))!;
        Ours.SelectMany(assembly => Code.Users(assembly, reveal))
            .Select(type => type.FullName!)
            .Except(MayReveal, StringComparer.Ordinal)
            .ShouldBeEmpty();
    }

    [Fact]
    public void Nobody_asks_for_the_current_http_context() =>
        Repository.Code("src").SelectMany(file => file.Places(HttpContextAccessor())).ShouldBeEmpty();

    [Fact]
    public void A_class_is_sealed_unless_another_stands_on_it()
    {
        var bases = Ours.SelectMany(assembly => assembly.GetTypes())
            .Select(type => type.BaseType)
            .OfType<Type>()
            .Select(type => type.IsGenericType ? type.GetGenericTypeDefinition() : type)
            .ToHashSet();

        // The class behind markup alone is the compiler's.
        Ours.SelectMany(Code.Written)
            .Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false } && !bases.Contains(type))
            .Where(type => type.Name is not ("Program" or "_Imports") && !(type.IsAssignableTo(typeof(IComponent)) && !HasCodeBehind(type)))
            .Select(type => type.FullName)
            .ShouldBeEmpty();
    }

    [Fact]
    public void An_asynchronous_method_says_so_in_its_name() =>
        AsynchronousMethods()
            .Where(method => !method.Name.EndsWith("Async", StringComparison.Ordinal))
            .Select(Name)
            .ShouldBeEmpty();

    [Fact]
    public void A_cancellation_token_comes_last() =>
        AsynchronousMethods()
            .Where(method => method.GetParameters().SkipLast(1).Any(parameter => parameter.ParameterType == typeof(CancellationToken)))
            .Select(Name)
            .ShouldBeEmpty();

    [Fact]
    public void An_event_id_is_used_once_and_belongs_to_its_room()
    {
        var events = (
            from type in Code.Portal.GetTypes()
            from method in Code.Methods(type)
            let message = method.GetCustomAttribute<LoggerMessageAttribute>()
            where message is not null
            select (message.EventId, Room: type.Namespace!.Split('.').ElementAtOrDefault(1) ?? "", Name: $"{type.FullName}.{method.Name}")).ToList();

        events.ShouldNotBeEmpty();
        events.GroupBy(entry => entry.EventId).Where(same => same.Count() > 1).Select(same => $"{same.Key}: {string.Join(", ", same.Select(entry => entry.Name))}").ShouldBeEmpty();
        events.Where(entry => !EventIds.TryGetValue(entry.Room, out var range) || entry.EventId < range.First || entry.EventId > range.Last)
            .Select(entry => $"{entry.Name}: {entry.EventId}")
            .ShouldBeEmpty();
    }

    private static IEnumerable<Type> Pages() => Code.Portal.GetTypes().Where(type => type.IsDefined(typeof(RouteAttribute)));

    private static bool HasCodeBehind(Type component) => Repository.Files.Any(file => file.Name == $"{component.Name}.razor.cs");

    private static IEnumerable<MethodInfo> AsynchronousMethods() =>
        from type in Ours.SelectMany(Code.Written)
        where !type.IsSubclassOf(typeof(Delegate)) // Its methods are named by the compiler.
        from method in type.GetMethods(BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static)
        where IsAwaitable(method.ReturnType) || method.IsDefined(typeof(AsyncStateMachineAttribute))
        where !method.Name.Contains('<', StringComparison.Ordinal) && !method.IsSpecialName
        where method.GetBaseDefinition() == method && !IsNamedElsewhere(type, method)
        select method;

    private static bool IsAwaitable(Type type) =>
        type == typeof(Task)
        || type == typeof(ValueTask)
        || (type.IsGenericType && type.GetGenericTypeDefinition() is var open && (open == typeof(Task<>) || open == typeof(ValueTask<>) || open == typeof(IAsyncEnumerable<>)));

    /// <summary>Whether the name is that of an interface which is not ours.</summary>
    private static bool IsNamedElsewhere(Type type, MethodInfo method) => !type.IsInterface && type.GetInterfaces()
        .Where(contract => !Ours.Contains(contract.Assembly))
        .Any(contract => type.GetInterfaceMap(contract).TargetMethods.Contains(method));

    private static string Name(MethodInfo method) => $"{method.DeclaringType!.FullName}.{method.Name}";

    [GeneratedRegex(@"\b(?:DateTime|DateTimeOffset)\.(?:Now|UtcNow|Today)\b", RegexOptions.None, 10_000)]
    private static partial Regex Clock();

    [GeneratedRegex(@"\bThread\.Sleep\b", RegexOptions.None, 10_000)]
    private static partial Regex Sleep();

    [GeneratedRegex(@"\bTask\.Delay\b", RegexOptions.None, 10_000)]
    private static partial Regex Delay();

    [GeneratedRegex(@"\bTask\.Delay\(.+,\s*_?(?:clock|time|timeProvider)\b", RegexOptions.IgnoreCase, 10_000)]
    private static partial Regex DelayByClock();

    [GeneratedRegex(@"\bI?HttpContextAccessor\b", RegexOptions.None, 10_000)]
    private static partial Regex HttpContextAccessor();
}
