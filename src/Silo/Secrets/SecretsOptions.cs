using System.ComponentModel.DataAnnotations;
using BtcAgent.Storage.Secrets;

namespace BtcAgent.Silo.Secrets;

/// <summary>
/// The venue's key, encrypted at rest, and the key-encryption key that opens it. Section <c>Secrets</c>. The key-encryption key comes
/// from one of <c>BTCAGENT_KEY_ENCRYPTION_KEY</c>, <see cref="KeyFile"/> and <see cref="KeyCommand"/>.
/// </summary>
public sealed class SecretsOptions
{
    public const string Section = "Secrets";

    /// <summary>
    /// File of the sealed key. Default empty: <c>venue-binance-live.key</c> or <c>venue-binance-testnet.key</c> in the data folder,
    /// if it is there; otherwise the key is that of section <c>BinanceTrading</c>.
    /// </summary>
    public string VenueKeyFile { get; set; } = "";

    /// <summary>File with the key-encryption key in base64 or hexadecimal, mode 600. Default empty.</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>
    /// Program and arguments that print the key-encryption key in base64; started without a shell. Default empty. Arguments are
    /// visible to every user of the machine.
    /// </summary>
    public IList<string> KeyCommand { get; } = [];

    /// <summary>File that the command receives on its standard input, such as a wrapped key, mode 600. Default empty.</summary>
    public string WrappedKeyFile { get; set; } = "";

    /// <summary>Longest time for the command, in seconds, 0.1…60. Default 10.</summary>
    [Range(0.1, 60)]
    public double KeyCommandSeconds { get; set; } = 10;

    /// <summary>
    /// When the agent hides its memory and environment from other processes of its user and writes no core dump. Default
    /// <see cref="Secrets.MemoryGuard.WithVenueKey"/>.
    /// </summary>
    public MemoryGuard MemoryGuard { get; set; } = MemoryGuard.WithVenueKey;

    /// <exception cref="InvalidOperationException">A value has a wrong type.</exception>
    internal static SecretsOptions Of(IConfiguration configuration) => configuration.GetSection(Section).Get<SecretsOptions>() ?? new();

    internal KeySource Source => new(KeyFile, [.. KeyCommand], WrappedKeyFile, TimeSpan.FromSeconds(KeyCommandSeconds));
}
