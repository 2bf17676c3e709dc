using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BtcAgent.Storage.Postgres;

/// <summary>A step of the schema.</summary>
/// <param name="Number">1, 2, 3, … without gaps.</param>
/// <param name="Name">File name.</param>
/// <param name="Sql">Run in one transaction.</param>
internal sealed record Migration(int Number, string Name, string Sql)
{
    private const string Prefix = "Migrations/";

    /// <summary>SHA-256 of the text, independent of the checkout's line endings.</summary>
    public string Checksum { get; } =
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));

    /// <summary>The migrations in this assembly, in order.</summary>
    public static IReadOnlyList<Migration> All { get; } =
    [
        .. typeof(Migration).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(Read),
    ];

    private static Migration Read(string resource)
    {
        using var stream = typeof(Migration).Assembly.GetManifestResourceStream(resource)!;
        using var text = new StreamReader(stream, Encoding.UTF8);
        var name = resource[Prefix.Length..];
        return new Migration(int.Parse(name[..4], CultureInfo.InvariantCulture), name, text.ReadToEnd());
    }
}
