using Portal;
using Portal.Commands;
using Portal.Operations;

// Asked every few seconds by whoever runs the container, so before anything else is made.
if (HealthCommand.IsWanted(args))
{
    return await HealthCommand.RunAsync(args, Environment.GetEnvironmentVariable("ASPNETCORE_HTTP_PORTS"), Console.Out, Console.Error);
}

if (CommandLine.IsWanted(args))
{
    return await CommandLine.RunAsync(args, new Terminal(Console.In, Console.Out, Console.Error));
}

await PortalApp.Build(args).RunAsync();
return 0;
