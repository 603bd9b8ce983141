using Microsoft.EntityFrameworkCore;
using Portal.Storage;

namespace Portal.Commands;

/// <summary>What a command works with: its terminal, and a portal with the same settings that is not started.</summary>
/// <param name="settings">Settings of the portal, as <c>--Database:Provider=PostgreSql</c>.</param>
internal sealed class CommandScene(IReadOnlyList<string> settings, Terminal terminal) : IAsyncDisposable
{
    private WebApplication? _portal;

    public Terminal Terminal => terminal;

    public TextWriter Output => terminal.Output;

    /// <summary>What a command has to say it says itself; the log of a portal would stand between its lines.</summary>
    public IServiceProvider Services => (_portal ??= PortalApp.BuildServices(["--Logging:LogLevel:Default=None", .. settings])).Services;

    /// <summary>The same for a command that reads or writes the database.</summary>
    /// <exception cref="NewerDatabaseException">A newer version has written it, and this one would read it wrongly.</exception>
    public async Task<IServiceProvider> OnDatabaseAsync(CancellationToken cancellationToken)
    {
        await using var db = await Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(cancellationToken);
        await MigrateAtStart.ThrowIfNewerAsync(db, cancellationToken);
        return Services;
    }

    /// <summary>The same with other settings beside it.</summary>
    public CommandScene With(params ReadOnlySpan<string> others) => new([.. settings, .. others], terminal);

    public ValueTask DisposeAsync() => _portal?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>What a command ends with.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>It was looked at, and something is wrong; or it was not done.</summary>
    public const int Wrong = 1;

    /// <summary>What was written cannot be understood, or what it needs is not there.</summary>
    public const int NotTried = 2;

    /// <summary>As shells have it for a command that was interrupted.</summary>
    public const int Interrupted = 130;
}
