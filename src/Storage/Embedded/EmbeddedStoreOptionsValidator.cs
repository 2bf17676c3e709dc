using Microsoft.Extensions.Options;

namespace BtcAgent.Storage.Embedded;

/// <summary>Generated from the options' attributes.</summary>
[OptionsValidator]
internal sealed partial class EmbeddedStoreOptionsValidator : IValidateOptions<EmbeddedStoreOptions>;
