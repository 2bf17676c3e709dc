using Microsoft.Extensions.Options;

namespace BtcAgent.History.Sinks;

[OptionsValidator]
internal sealed partial class SinkOptionsValidator : IValidateOptions<SinkOptions>;
