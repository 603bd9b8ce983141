using System.Text;
using Microsoft.Extensions.Options;
using Portal.DigitalOcean;

namespace Portal.Vaults;

/// <summary>Secrets that something else writes into files. A relative path is looked for beside the API token's file.</summary>
internal sealed class FileVault(IOptions<VaultOptions> options) : IVault
{
    // Far more than any token; a file this long is the wrong file.
    private const int LongestSecret = 64 * 1024;

    public async Task<Result<VaultSecret, VaultFailure>> ReadAsync(string path, string field, CancellationToken cancellationToken)
    {
        var file = Locate(path, field);
        try
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (stream.Length > LongestSecret)
            {
                return new VaultFailure($"The file {file} is too long to be a secret.");
            }

            using var reader = new StreamReader(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
            var text = (await reader.ReadToEndAsync(cancellationToken)).TrimEnd('\r', '\n');

            // The time of what was read, not of a link to it: a mounted folder is replaced by turning a link around.
            var version = File.GetLastWriteTimeUtc(stream.SafeFileHandle).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
            return string.IsNullOrWhiteSpace(text)
                ? new VaultFailure($"The file {file} is empty. Put the secret into it.")
                : new VaultSecret(new Secret(text), version);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return new VaultFailure($"There is no file {file}. Mount the secret there, or correct the setting that names it.");
        }
        catch (UnauthorizedAccessException)
        {
            return new VaultFailure($"The portal may not read {file}. Let its user read the file.");
        }
        catch (DecoderFallbackException)
        {
            return new VaultFailure($"The file {file} is not text in UTF-8.");
        }
        catch (IOException exception)
        {
            return new VaultFailure($"The file {file} cannot be read: {exception.Message}");
        }
    }

    private string Locate(string path, string field)
    {
        var root = Path.GetFullPath(options.Value.File.Path);
        var folder = Directory.Exists(root) ? root : Path.GetDirectoryName(root)!;
        var file = path == options.Value.File.Path ? root : Path.Combine(folder, path);
        return Directory.Exists(file) ? Path.Combine(file, field) : file;
    }
}
