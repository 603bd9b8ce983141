using Portal;
using Portal.Audit;
using Portal.Operations;

if (HealthCommand.IsWanted(args))
{
    return await HealthCommand.RunAsync(args, Environment.GetEnvironmentVariable("ASPNETCORE_HTTP_PORTS"), Console.Out, Console.Error);
}

if (RecordCommand.IsWanted(args))
{
    return await RecordCommand.RunAsync(args, settings => PortalApp.Build(settings).Services, Console.Out, Console.Error);
}

await PortalApp.Build(args).RunAsync();
return 0;
