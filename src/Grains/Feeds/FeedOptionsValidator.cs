using Microsoft.Extensions.Options;

namespace BtcAgent.Grains.Feeds;

/// <summary>Generated from the options' attributes.</summary>
[OptionsValidator]
internal sealed partial class FeedOptionsValidator : IValidateOptions<FeedOptions>;
