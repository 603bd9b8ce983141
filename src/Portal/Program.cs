using Portal;
using Portal.Commands;

if (CommandLine.IsWanted(args))
{
    return await CommandLine.RunAsync(args, new Terminal(Console.In, Console.Out, Console.Error));
}

await PortalApp.Build(args).RunAsync();
return 0;
