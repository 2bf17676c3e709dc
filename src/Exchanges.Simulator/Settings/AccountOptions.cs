using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Exchanges.Simulator.Settings;

/// <summary>An account at the simulated venue.</summary>
public sealed class AccountOptions
{
    /// <summary>API key of the account. Required.</summary>
    [Required]
    public string ApiKey { get; set; } = "";

    /// <summary>Secret for HMAC signatures; empty when the account signs with Ed25519. Default empty.</summary>
    public string SecretKey { get; set; } = "";

    /// <summary>Ed25519 public key, PEM; empty when the account signs with HMAC. Default empty.</summary>
    public string PublicKey { get; set; } = "";

    /// <summary>
    /// Charges commissions in BNB at three quarters of their rate while the account has enough and the venue lists BNBUSDT;
    /// Binance: <c>spotBNBBurn</c>. Default false.
    /// </summary>
    public bool PaysFeesInBnb { get; set; }

    /// <summary>Opening balance per asset. Default none.</summary>
    public Dictionary<string, decimal> Balances { get; set; } = [];
}
