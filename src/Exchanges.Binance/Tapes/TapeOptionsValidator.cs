using Microsoft.Extensions.Options;

namespace BtcAgent.Exchanges.Binance.Tapes;

/// <summary>Generated from the options' attributes.</summary>
[OptionsValidator]
internal sealed partial class TapeOptionsValidator : IValidateOptions<TapeOptions>;
