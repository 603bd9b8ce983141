using Portal.Audit;
using Portal.IntegrationTests.Sandbox;

namespace Portal.IntegrationTests.Record;

/// <summary><c>dotnet Portal.dll audit …</c> as a process: what an auditor has is the program, a file, a list of heads and a key.</summary>
public abstract class CommandTests(SandboxFixture? server) : RecordScene(server)
{
    [Fact]
    public async Task An_export_and_the_database_are_verified_and_a_touched_row_is_named()
    {
        await RecordAsync(23);
        await CheckpointAsync();
        await HeadAsync();
        var export = await ExportAsync("record.jsonl");
        await _portal.DisposeAsync();

        var (code, text) = await CommandAsync("verify", "--export", export, "--heads", HeadsFile, "--key", KeyFile);
        code.ShouldBe(0, text);
        text.ShouldContain("whole");

        (code, text) = await OnDatabaseAsync("verify");
        code.ShouldBe(0, text);
        text.ShouldContain("Proved up to row");

        var lines = await File.ReadAllLinesAsync(export, TestContext.Current.CancellationToken);
        var index = Array.FindIndex(lines, line => line.StartsWith("{\"seq\":7,", StringComparison.Ordinal));
        lines[index] = lines[index].Replace("tried", "never", StringComparison.Ordinal);
        await File.WriteAllLinesAsync(export, lines, TestContext.Current.CancellationToken);
        (code, text) = await CommandAsync("verify", "--export", export, "--heads", HeadsFile);
        code.ShouldBe(1, text);
        text.ShouldContain("first at row 7");
        _portal = await StartAsync();
    }

    [Fact]
    public async Task An_old_segment_is_taken_out_and_the_chain_goes_on_from_its_signed_head()
    {
        await RecordAsync(23);
        await CheckpointAsync();
        var through = _portal.ReadAll<AuditCheckpoint>().Max(checkpoint => checkpoint.Sequence);
        var segment = Path.Combine(_database.Folder, "segment.jsonl");

        var (code, text) = await OnDatabaseAsync("remove", "--through", $"{through + 1}", "--out", segment);

        code.ShouldBe(0, text);
        _portal.Record[0].Sequence.ShouldBe(through + 1, text);
        var removal = _portal.ReadAll<AuditRemoval>().ShouldHaveSingleItem();
        removal.Through.ShouldBe(through);
        _portal.Record.ShouldContain(row => row.Action == AuditAction.SegmentRemoved);
        await RecordAsync(12);
        await CheckpointAsync();
        (await _portal.Of<RecordWatch>().VerifyAllAsync(CancellationToken.None)).Report.IsWhole.ShouldBeTrue();

        var rest = await ExportAsync("rest.jsonl");
        (code, text) = await CommandAsync("verify", "--export", segment, "--export", rest, "--key", KeyFile);
        code.ShouldBe(0, text);
        (code, text) = await CommandAsync("verify", "--export", rest, "--key", KeyFile);
        code.ShouldBe(0, text);
        text.ShouldContain($"Rows {through + 1} to");
        (code, text) = await CommandAsync("verify", "--export", rest, "--export", segment, "--key", KeyFile);
        code.ShouldBe(2, text);
        (await OnDatabaseAsync("remove", "--through", $"{through}", "--out", Path.Combine(_database.Folder, "again.jsonl"))).Code.ShouldBe(1);
    }

    [Fact]
    public async Task The_database_lets_go_of_no_row_that_was_not_removed_in_order()
    {
        await RecordAsync(3);
        var database = _portal.Of<Storage.Database>();

        foreach (var statement in new[] { "DELETE FROM audit WHERE sequence = 1", "UPDATE audit SET action = 'x'" })
        {
            var refused = await Should.ThrowAsync<Exception>(() => database.WriteAsync((db, token) => ExecuteAsync(db, statement, token), CancellationToken.None));
            refused.Message.ShouldContain("append-only");
        }

        await CheckpointAfterAsync();
        (await Should.ThrowAsync<Exception>(() => database.WriteAsync((db, token) => ExecuteAsync(db, "DELETE FROM audit_checkpoints", token), CancellationToken.None))).Message.ShouldContain("append-only");
    }

    [Fact]
    public async Task What_cannot_be_understood_or_read_is_told_apart_from_what_is_wrong()
    {
        (await CommandAsync("verify", "--export", "no-such-file.jsonl")).Code.ShouldBe(2);
        var (code, text) = await CommandAsync("verify", "--exports", "x");
        code.ShouldBe(2);
        text.ShouldContain("All commands: ");
        await File.WriteAllTextAsync(KeyFile, "no key", TestContext.Current.CancellationToken);
        (await CommandAsync("verify", "--export", KeyFile)).Code.ShouldBe(2);
    }

    private async Task CheckpointAfterAsync()
    {
        await RecordAsync(6);
        await CheckpointAsync();
    }

    private static Task<int> ExecuteAsync(Storage.PortalDbContext db, string statement, CancellationToken cancellationToken) =>
        Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlRawAsync(db.Database, statement, cancellationToken);
}

public sealed class CommandsOnSqliteTests() : CommandTests(server: null);

public sealed class CommandsOnPostgreSqlTests(SandboxFixture server) : CommandTests(server);
