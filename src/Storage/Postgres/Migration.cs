using System.Security.Cryptography;
using System.Text;

namespace BtcAgent.Storage.Postgres;

/// <summary>A step of the schema.</summary>
/// <param name="Number">1, 2, 3, … without gaps.</param>
/// <param name="Name">File name.</param>
/// <param name="Sql">Run in one transaction.</param>
public sealed record Migration(int Number, string Name, string Sql)
{
    /// <summary>SHA-256 of the text, independent of the checkout's line endings.</summary>
    public string Checksum { get; } =
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));
}
