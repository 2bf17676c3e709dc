using Microsoft.Extensions.Options;

namespace BtcAgent.Exchanges.Simulator.Social;

/// <summary>Generated from the options' attributes.</summary>
[OptionsValidator]
public sealed partial class SimulatedXOptionsValidator : IValidateOptions<SimulatedXOptions>;
