using Microsoft.Extensions.Options;
using Portal.DigitalOcean;
using Portal.Vaults;

namespace Portal.Tests.Vaults;

public sealed class FileVaultTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vault-").FullName;

    [Theory]
    [InlineData("dop_v1_secret")]
    [InlineData("dop_v1_secret\n")]
    [InlineData("dop_v1_secret\r\n")]
    public async Task A_file_is_a_secret_without_its_end_of_line(string content)
    {
        var file = Write("token", content);
        File.SetLastWriteTimeUtc(file, new DateTime(2026, 11, 23, 8, 0, 0, DateTimeKind.Utc));

        (await ReadAsync(file, file)).ShouldBe(new VaultSecret(new Secret("dop_v1_secret"), "2026-11-23T08:00:00.000Z"));
    }

    [Fact]
    public async Task In_a_folder_a_secret_is_the_file_of_its_field()
    {
        Write("token", "dop_v1_secret");

        (await ReadAsync(_folder, _folder)).Value.Reveal().ShouldBe("dop_v1_secret");
    }

    [Theory]
    [InlineData("pool-portal/sign-in", "client_secret", "pool-portal/sign-in/client_secret")]
    [InlineData("sign-in", "client_secret", "sign-in")]
    public async Task Other_secrets_are_beside_the_token(string path, string field, string file)
    {
        var token = Write("token", "dop_v1_secret");
        Write(file, "hunter2");

        (await ReadAsync(token, path, field)).Value.Reveal().ShouldBe("hunter2");
        (await ReadAsync(_folder, path, field)).Value.Reveal().ShouldBe("hunter2");
    }

    [Fact]
    public async Task A_link_that_is_turned_around_is_a_new_version()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows.");
        var old = Write("1/token", "old");
        var young = Write("2/token", "new");
        File.SetLastWriteTimeUtc(old, new DateTime(2026, 11, 23, 8, 0, 0, DateTimeKind.Utc));
        File.SetLastWriteTimeUtc(young, new DateTime(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc));
        var link = Path.Combine(_folder, "token");
        File.CreateSymbolicLink(link, old);
        (await ReadAsync(link, link)).Version.ShouldBe("2026-11-23T08:00:00.000Z");

        File.Delete(link);
        File.CreateSymbolicLink(link, young);

        (await ReadAsync(link, link)).ShouldBe(new VaultSecret(new Secret("new"), "2026-11-23T09:00:00.000Z"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("  \n")]
    public async Task An_empty_file_is_refused(string content)
    {
        var file = Write("token", content);

        (await FailureAsync(file)).ShouldBe($"The file {file} is empty. Put the secret into it.");
    }

    [Fact]
    public async Task A_missing_file_is_named() =>
        (await FailureAsync(Path.Combine(_folder, "gone"))).ShouldBe($"There is no file {Path.Combine(_folder, "gone")}. Mount the secret there, or correct the setting that names it.");

    [Fact]
    public async Task A_file_that_is_far_too_long_is_refused()
    {
        var file = Write("token", new string('a', (64 * 1024) + 1));

        (await FailureAsync(file)).ShouldBe($"The file {file} is too long to be a secret.");
    }

    [Fact]
    public async Task A_file_that_is_no_text_is_refused_and_not_quoted()
    {
        var file = Path.Combine(_folder, "token");
        await File.WriteAllBytesAsync(file, [0x61, 0xFF, 0xFE], TestContext.Current.CancellationToken);

        (await FailureAsync(file)).ShouldBe($"The file {file} is not text in UTF-8.");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write(string name, string content)
    {
        var file = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
        return file;
    }

    private static async Task<VaultSecret> ReadAsync(string setting, string path, string field = "token")
    {
        (await Vault(setting).ReadAsync(path, field, CancellationToken.None)).TryGet(out var secret, out var failure).ShouldBeTrue(failure?.Message);
        return secret!;
    }

    private static async Task<string> FailureAsync(string file)
    {
        (await Vault(file).ReadAsync(file, "token", CancellationToken.None)).TryGet(out _, out var failure).ShouldBeFalse();
        return failure!.Message;
    }

    private static FileVault Vault(string path) => new(Options.Create(new VaultOptions { Provider = VaultProvider.File, File = new FileVaultOptions { Path = path } }));
}
