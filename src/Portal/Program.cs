using Portal;
using Portal.Audit;

if (RecordCommand.IsWanted(args))
{
    return await RecordCommand.RunAsync(args, settings => PortalApp.Build(settings).Services, Console.Out, Console.Error);
}

await PortalApp.Build(args).RunAsync();
return 0;
