using Microsoft.Extensions.Options;

namespace BtcAgent.History.Sinks.Timescale;

/// <summary>Generated from the options' attributes.</summary>
[OptionsValidator]
internal sealed partial class TimescaleOptionsValidator : IValidateOptions<TimescaleOptions>;
