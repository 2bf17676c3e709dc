using Microsoft.Extensions.Options;

namespace BtcAgent.Exchanges.Binance.Settings;

/// <summary>Generated from the options' attributes.</summary>
[OptionsValidator]
internal sealed partial class BinanceTradingOptionsValidator : IValidateOptions<BinanceTradingOptions>;
