using Microsoft.Extensions.Options;

namespace BtcAgent.Exchanges.Simulator.Economy;

/// <summary>Generated from the options' attributes.</summary>
[OptionsValidator]
public sealed partial class SimulatedFredOptionsValidator : IValidateOptions<SimulatedFredOptions>;
