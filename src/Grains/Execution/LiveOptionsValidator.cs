using Microsoft.Extensions.Options;

namespace BtcAgent.Grains.Execution;

/// <summary>Generated from the options' attributes.</summary>
[OptionsValidator]
internal sealed partial class LiveOptionsValidator : IValidateOptions<LiveOptions>;
