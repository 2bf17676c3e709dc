using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Cluster;

/// <summary>Generated from the options' attributes.</summary>
[OptionsValidator]
internal sealed partial class KafkaOptionsValidator : IValidateOptions<KafkaOptions>;
