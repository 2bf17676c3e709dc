using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Social;

/// <summary>Generated from the options' attributes.</summary>
[OptionsValidator]
internal sealed partial class SocialOptionsValidator : IValidateOptions<SocialOptions>;
