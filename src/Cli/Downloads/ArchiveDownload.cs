using System.Security.Cryptography;

namespace BtcAgent.Cli.Downloads;

/// <summary>
/// Downloads a file of the archive, continues an interrupted one, and compares it with its <c>.CHECKSUM</c> before it gets its name.
/// </summary>
internal sealed class ArchiveDownload(WeightedClient client, Uri archive, string folder)
{
    private const int HashLetters = 64;

    /// <returns>Null when the archive does not have the file.</returns>
    public async Task<DownloadedFile?> GetAsync(string path, CancellationToken cancellationToken)
    {
        var address = new Uri(archive, path);
        var target = Path.Combine(folder, Path.GetFileName(path));
        if (await ChecksumAsync(new Uri(archive, $"{path}.CHECKSUM"), cancellationToken) is not { } expected)
        {
            return null;
        }

        if (File.Exists(target) && await HashAsync(target, cancellationToken) == expected)
        {
            return new DownloadedFile(target, "present", new FileInfo(target).Length);
        }

        var part = $"{target}.part";
        await FetchAsync(address, part, cancellationToken);
        if (await HashAsync(part, cancellationToken) != expected)
        {
            // A part of an older version of the file, or damage on the way: once more from its start.
            File.Delete(part);
            await FetchAsync(address, part, cancellationToken);
            if (await HashAsync(part, cancellationToken) is var found && found != expected)
            {
                File.Delete(part);
                throw new DownloadException($"{address} has the SHA-256 {found}, its .CHECKSUM says {expected}: the download is damaged, run the command again later");
            }
        }

        File.Move(part, target, overwrite: true);
        return new DownloadedFile(target, "archive", new FileInfo(target).Length);
    }

    private async Task FetchAsync(Uri address, string part, CancellationToken cancellationToken)
    {
        var have = File.Exists(part) ? new FileInfo(part).Length : 0;
        using var answer = await client.GetAsync(address, have, cancellationToken);
        if (answer is null)
        {
            return; // Nothing follows what is there: the hash decides.
        }

        var continues = answer.StatusCode == System.Net.HttpStatusCode.PartialContent;
        await using var file = new FileStream(part, continues ? FileMode.Append : FileMode.Create, FileAccess.Write);
        await answer.Content.CopyToAsync(file, cancellationToken);
    }

    private async Task<string?> ChecksumAsync(Uri address, CancellationToken cancellationToken)
    {
        using var answer = await client.GetAsync(address, 0, cancellationToken);
        if (answer is null)
        {
            return null;
        }

        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        var hash = text.Split(' ', '\t', '\n')[0].ToLowerInvariant();
        return hash.Length == HashLetters && hash.All(char.IsAsciiHexDigitLower)
            ? hash
            : throw new DownloadException($"{address} is not a SHA-256 with a file name: is the base address that of Binance's archive?");
    }

    private static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return "";
        }

        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }
}
