using Microsoft.Extensions.Options;

namespace BtcAgent.Exchanges.Simulator.Settings;

/// <summary>Generated from the options' attributes.</summary>
[OptionsValidator]
public sealed partial class SimulatorOptionsValidator : IValidateOptions<SimulatorOptions>;
