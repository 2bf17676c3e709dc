using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Contracts.Trading;

/// <summary>A portfolio and what it starts with. After the first start the stored ledger counts, not this.</summary>
public sealed class PortfolioOptions
{
    [Required, RegularExpression("^[a-z0-9-]{1,32}$")]
    public string Id { get; set; } = "";

    /// <summary>Asset that equity is counted in.</summary>
    [Required]
    public string QuoteAsset { get; set; } = "USDT";

    /// <summary>Opening balance per asset.</summary>
    public Dictionary<string, decimal> InitialBalances { get; set; } = [];
}
