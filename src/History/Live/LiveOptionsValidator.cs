using Microsoft.Extensions.Options;

namespace BtcAgent.History.Live;

/// <summary>Checks the ranges.</summary>
[OptionsValidator]
internal sealed partial class LiveOptionsValidator : IValidateOptions<LiveOptions>;
