using Microsoft.Extensions.Options;

namespace BtcAgent.Exchanges.Simulator.Posts;

/// <summary>Generated from the options' attributes.</summary>
[OptionsValidator]
internal sealed partial class PostGeneratorOptionsValidator : IValidateOptions<PostGeneratorOptions>;
