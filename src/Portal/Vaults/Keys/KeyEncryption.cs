using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.Options;

namespace Portal.Vaults;

/// <summary>Lets Data Protection write its keys encrypted, where a key for that is configured.</summary>
internal sealed class KeyEncryption(KeyEncryptionKeys keys) : IConfigureOptions<KeyManagementOptions>
{
    public void Configure(KeyManagementOptions options)
    {
        if (keys.IsConfigured)
        {
            options.XmlEncryptor = new Encryptor(keys);
        }
    }

    private sealed class Encryptor(KeyEncryptionKeys keys) : IXmlEncryptor
    {
        public EncryptedXmlInfo Encrypt(XElement plaintextElement)
        {
            var (id, bytes) = keys.Encrypt(Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting)));
            return new EncryptedXmlInfo(
                new XElement("encryptedKey", new XAttribute("key", id), Convert.ToBase64String(bytes)),
                typeof(KeyDecryption));
        }
    }
}

/// <summary>Reads what <see cref="KeyEncryption"/> wrote. Data Protection makes it by its name, which stands in the database beside the key.</summary>
internal sealed class KeyDecryption(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement)
    {
        var plain = services.GetRequiredService<KeyEncryptionKeys>().Decrypt(
            (string?)encryptedElement.Attribute("key") ?? "", Convert.FromBase64String(encryptedElement.Value));
        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }
}
