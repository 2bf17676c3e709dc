using Microsoft.Extensions.Options;

namespace BtcAgent.Social.X.Settings;

/// <summary>Generated from the options' attributes and rules.</summary>
[OptionsValidator]
internal sealed partial class XOptionsValidator : IValidateOptions<XOptions>;
