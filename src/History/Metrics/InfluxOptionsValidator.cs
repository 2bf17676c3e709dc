using Microsoft.Extensions.Options;

namespace BtcAgent.History.Metrics;

/// <summary>Generated from the options' attributes.</summary>
[OptionsValidator]
internal sealed partial class InfluxOptionsValidator : IValidateOptions<InfluxOptions>;
