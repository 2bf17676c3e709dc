using Microsoft.Extensions.Options;

namespace BtcAgent.Social.Transformers.Scoring;

/// <summary>Generated from the options' attributes.</summary>
[OptionsValidator]
public sealed partial class TransformerOptionsValidator : IValidateOptions<TransformerOptions>;
