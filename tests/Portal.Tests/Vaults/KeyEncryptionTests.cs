using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Portal.DigitalOcean;
using Portal.Vaults;

namespace Portal.Tests.Vaults;

public sealed class KeyEncryptionTests
{
    private const string Canary = "the-master-key-of-data-protection";

    private readonly Dictionary<string, string> _secrets = new(StringComparer.Ordinal) { ["pool-portal/keys"] = NewKey() };

    [Fact]
    public async Task What_was_encrypted_comes_back_and_cannot_be_read_before()
    {
        var keys = await KeysAsync();
        var written = Encryptor(keys).Encrypt(new XElement("key", Canary));

        written.EncryptedElement.ToString().ShouldNotContain(Canary);
        written.DecryptorType.ShouldBe(typeof(KeyDecryption));
        Decrypt(keys, written.EncryptedElement).Value.ShouldBe(Canary);
    }

    [Fact]
    public async Task The_same_text_is_never_written_twice_alike()
    {
        var encryptor = Encryptor(await KeysAsync());

        encryptor.Encrypt(new XElement("key", Canary)).EncryptedElement.Value.ShouldNotBe(encryptor.Encrypt(new XElement("key", Canary)).EncryptedElement.Value);
    }

    [Fact]
    public async Task After_a_rotation_what_the_key_before_wrote_is_read_by_the_previous_one()
    {
        var written = Encryptor(await KeysAsync()).Encrypt(new XElement("key", Canary)).EncryptedElement;
        _secrets["pool-portal/keys-previous"] = _secrets["pool-portal/keys"];
        _secrets["pool-portal/keys"] = NewKey();

        var keys = await KeysAsync();

        Decrypt(keys, written).Value.ShouldBe(Canary);
        ((string?)Encryptor(keys).Encrypt(new XElement("key", Canary)).EncryptedElement.Attribute("key")).ShouldNotBe((string?)written.Attribute("key"));
    }

    [Fact]
    public async Task A_key_that_is_replaced_while_the_portal_runs_is_taken_up_and_the_old_one_still_reads()
    {
        var keys = await KeysAsync();
        var written = Encryptor(keys).Encrypt(new XElement("key", Canary)).EncryptedElement;
        _secrets["pool-portal/keys"] = NewKey();
        await keys.LookAsync(CancellationToken.None);

        Decrypt(keys, written).Value.ShouldBe(Canary);
        ((string?)Encryptor(keys).Encrypt(new XElement("key", "x")).EncryptedElement.Attribute("key")).ShouldNotBe((string?)written.Attribute("key"));
    }

    [Fact]
    public async Task A_key_that_the_vault_has_no_more_is_named_and_not_guessed()
    {
        var written = Encryptor(await KeysAsync()).Encrypt(new XElement("key", Canary)).EncryptedElement;
        _secrets["pool-portal/keys"] = NewKey();

        var keys = await KeysAsync();

        Should.Throw<CryptographicException>(() => Decrypt(keys, written)).Message.ShouldContain("which the vault has neither at pool-portal/keys nor at pool-portal/keys-previous");
    }

    [Fact]
    public async Task Bytes_that_were_changed_are_not_read()
    {
        var keys = await KeysAsync();
        var written = Encryptor(keys).Encrypt(new XElement("key", Canary)).EncryptedElement;
        var bytes = Convert.FromBase64String(written.Value);
        for (var at = 0; at < bytes.Length; at += 7)
        {
            var changed = (byte[])bytes.Clone();
            changed[at] ^= 1;
            Should.Throw<CryptographicException>(() => Decrypt(keys, new XElement(written.Name, written.Attribute("key"), Convert.ToBase64String(changed))));
        }

        Should.Throw<CryptographicException>(() => Decrypt(keys, new XElement(written.Name, written.Attribute("key"), Convert.ToBase64String(bytes.AsSpan(0, 20)))));
    }

    [Theory]
    [InlineData("not base64 at all!")]
    [InlineData("c2hvcnQ=")]
    public async Task What_is_no_key_is_told_without_being_quoted(string value)
    {
        _secrets["pool-portal/keys"] = value;

        var keys = await KeysAsync();

        keys.IsReady.ShouldBeFalse();
        keys.Trouble.ShouldBe("What the vault holds at pool-portal/keys is not 32 bytes in base64. Put the output of 'openssl rand -base64 32' there.");
    }

    [Fact]
    public async Task A_vault_that_goes_away_later_takes_nothing_away()
    {
        var keys = await KeysAsync();
        _secrets.Clear();
        await keys.LookAsync(CancellationToken.None);

        keys.IsReady.ShouldBeTrue();
        Decrypt(keys, Encryptor(keys).Encrypt(new XElement("key", Canary)).EncryptedElement).Value.ShouldBe(Canary);
    }

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private async Task<KeyEncryptionKeys> KeysAsync()
    {
        var keys = new KeyEncryptionKeys(new Vault(_secrets), Options.Create(new VaultOptions()), NullLogger<KeyEncryptionKeys>.Instance);
        await keys.LookAsync(CancellationToken.None);
        return keys;
    }

    private static Microsoft.AspNetCore.DataProtection.XmlEncryption.IXmlEncryptor Encryptor(KeyEncryptionKeys keys)
    {
        var options = new KeyManagementOptions();
        new KeyEncryption(keys).Configure(options);
        return options.XmlEncryptor.ShouldNotBeNull();
    }

    private static XElement Decrypt(KeyEncryptionKeys keys, XElement element)
    {
        using var services = new ServiceCollection().AddSingleton(keys).BuildServiceProvider();
        return new KeyDecryption(services).Decrypt(element);
    }

    private sealed class Vault(IReadOnlyDictionary<string, string> secrets) : IVault
    {
        public Task<Result<VaultSecret, VaultFailure>> ReadAsync(string path, string field, CancellationToken cancellationToken) =>
            Task.FromResult<Result<VaultSecret, VaultFailure>>(
                secrets.TryGetValue(path, out var value) ? new VaultSecret(new Secret(value), "1") : new VaultFailure("There is nothing."));
    }
}
