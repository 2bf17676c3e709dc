using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Economy;

/// <summary>Generated from the options' attributes.</summary>
[OptionsValidator]
internal sealed partial class EconomyOptionsValidator : IValidateOptions<EconomyOptions>;
