using Microsoft.Extensions.Options;

namespace BtcAgent.History.Sinks.Redis;

/// <summary>Generated from the options' attributes.</summary>
[OptionsValidator]
internal sealed partial class RedisSinkOptionsValidator : IValidateOptions<RedisSinkOptions>;
