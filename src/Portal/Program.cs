using Microsoft.Extensions.Options;
using Portal;
using Portal.Commands;
using Portal.Operations;
using Portal.Storage;

// Asked every few seconds by whoever runs the container, so before anything else is made.
if (HealthCommand.IsWanted(args))
{
    return await HealthCommand.RunAsync(
        args, Environment.GetEnvironmentVariable("ASPNETCORE_URLS"), Environment.GetEnvironmentVariable("ASPNETCORE_HTTP_PORTS"), Console.Out, Console.Error);
}

if (CommandLine.IsWanted(args))
{
    return await CommandLine.RunAsync(args, new Terminal(Console.In, Console.Out, Console.Error));
}

try
{
    await PortalApp.Build(args).RunAsync();
    return 0;
}
catch (Exception exception) when (exception is NotStartedException or NewerDatabaseException or OptionsValidationException or AggregateException { InnerException: OptionsValidationException })
{
    // The log has it too, with a trace that helps nobody who runs the portal: the last line is what to do.
    await Console.Error.WriteLineAsync($"Not started: {exception.Message}");
    return 1;
}
