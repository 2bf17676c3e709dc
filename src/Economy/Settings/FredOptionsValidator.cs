using Microsoft.Extensions.Options;

namespace BtcAgent.Economy.Settings;

/// <summary>Generated from the options' attributes and rules.</summary>
[OptionsValidator]
public sealed partial class FredOptionsValidator : IValidateOptions<FredOptions>;
