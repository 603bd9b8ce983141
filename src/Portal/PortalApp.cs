using Portal.Access;
using Portal.Audit;
using Portal.Changes;
using Portal.Connections;
using Portal.Inventory;
using Portal.Operations;
using Portal.Operations.Telemetry;
using Portal.Pools;
using Portal.Records;
using Portal.Reviews;
using Portal.Reviews.LookAfter;
using Portal.Shell;
using Portal.Storage;
using Portal.Vaults;

namespace Portal;

/// <summary>The application, put together room by room. Program.cs runs it; tests run it beside others.</summary>
internal static class PortalApp
{
    /// <summary>The portal whole: its services, and how it answers.</summary>
    public static WebApplication Build(string[] args)
    {
        var app = BuildServices(args);
        app.UsePublicAddress();
        app.UseShell();
        app.UseVaults();
        app.UseAccess();
        app.UseOpenPages();
        app.MapAccess();
        app.MapPoolConnections();
        app.MapLookAfter();
        app.MapPools();
        app.MapRecords();
        app.MapOperations();
        app.MapShell();
        app.CheckPublicAddress();
        return app;
    }

    /// <summary>Its services alone, for a command: nothing is read of the settings yet, nothing is started, nothing listens.</summary>
    public static WebApplication BuildServices(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ApplicationName = "Portal", ContentRootPath = FolderOf(args) });
        // A service that lacks another is found at the start, not by who opens its page.
        builder.Host.UseDefaultServiceProvider(services =>
        {
            services.ValidateOnBuild = true;
            services.ValidateScopes = true;
        });
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddOperations();
        builder.Services.AddTelemetry(builder.Configuration);
        // Before the database: what a room does at the start begins in this order, and a vault is slow to answer.
        builder.Services.AddVaults();
        builder.Services.AddStorage();
        builder.Services.AddAudit();
        builder.Services.AddShell();
        builder.Services.AddAccess();
        builder.Services.AddInventory();
        builder.Services.AddPoolConnections();
        builder.Services.AddChanges();
        builder.Services.AddRecords();
        builder.Services.AddReviews();
        builder.Services.AddLookAfter();
        builder.Services.AddPools();

        return builder.Build();
    }

    /// <summary>Where the settings are: where somebody says, or in the folder of the start, or else beside the program; null for what the framework takes.</summary>
    private static string? FolderOf(string[] args)
    {
        var said = new ConfigurationBuilder().AddEnvironmentVariables("DOTNET_").AddEnvironmentVariables("ASPNETCORE_").AddCommandLine(args).Build();
        return said[HostDefaults.ContentRootKey] is not null || File.Exists("appsettings.json") ? null : AppContext.BaseDirectory;
    }
}
