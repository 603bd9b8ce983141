using Portal.Sandbox;

return await SandboxProgram.RunAsync(args);
