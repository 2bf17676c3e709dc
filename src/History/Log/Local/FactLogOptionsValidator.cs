using Microsoft.Extensions.Options;

namespace BtcAgent.History.Log.Local;

[OptionsValidator]
internal sealed partial class FactLogOptionsValidator : IValidateOptions<FactLogOptions>;
