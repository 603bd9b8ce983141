using Portal;

await PortalApp.Build(args).RunAsync();
