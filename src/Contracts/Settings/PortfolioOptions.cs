using System.ComponentModel.DataAnnotations;
using BtcAgent.Domain.Portfolios;

namespace BtcAgent.Contracts.Settings;

/// <summary>A portfolio and its opening balances. After the first start the stored ledger replaces them.</summary>
public sealed class PortfolioOptions
{
    /// <summary>Name of the portfolio in keys and logs: letters, digits and dashes. Required.</summary>
    [Required, RegularExpression("^[a-z0-9-]{1,32}$")]
    public string Id { get; set; } = "";

    /// <summary>Asset in which equity is measured. Default <c>USDT</c>.</summary>
    [Required]
    public string QuoteAsset { get; set; } = "USDT";

    /// <summary>Opening balance per asset, on paper. Default none.</summary>
    public Dictionary<string, decimal> InitialBalances { get; set; } = [];

    /// <summary>
    /// At a venue, the part of the account that the agent may use, per asset: <c>all</c>, a share such as <c>25%</c>, or an
    /// amount. Without an entry: all of the quote asset, nothing of any other. Divided once, when the books are opened.
    /// Default none.
    /// </summary>
    public Dictionary<string, string> Allocation { get; set; } = [];

    /// <summary>Returns the parsed <see cref="Allocation"/>.</summary>
    /// <exception cref="FormatException">An entry is invalid; the validation at start-up prevents this.</exception>
    public IReadOnlyDictionary<string, AllocatedPart> Allocated() => Allocation.ToDictionary(
        entry => entry.Key,
        entry => AllocatedPart.TryParse(entry.Value, out var part) ? part : throw new FormatException($"'{entry.Value}' is not a part of {entry.Key}"));
}
