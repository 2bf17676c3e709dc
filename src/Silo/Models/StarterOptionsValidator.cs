using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Models;

/// <summary>Generated from the options' attributes.</summary>
[OptionsValidator]
internal sealed partial class StarterOptionsValidator : IValidateOptions<StarterOptions>;
