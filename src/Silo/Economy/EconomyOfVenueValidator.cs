using BtcAgent.Silo.Settings;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Economy;

/// <summary>Synthetic releases never come beside real prices, and releases of today not beside a tape.</summary>
internal sealed class EconomyOfVenueValidator(AgentSettings settings) : IValidateOptions<EconomyOptions>
{
    public ValidateOptionsResult Validate(string? name, EconomyOptions options) => options.Source switch
    {
        EconomySource.Simulated when settings.Venue != VenueKind.Simulator => ValidateOptionsResult.Fail(
            $"{EconomyOptions.Section}:Source is Simulated, and the venue is {settings.Venue}: synthetic releases belong to the embedded market only; set it to Fred or None"),
        EconomySource.Fred when settings.Venue == VenueKind.Replay => ValidateOptionsResult.Fail(
            $"{EconomyOptions.Section}:Source is Fred, and the venue is {settings.Venue}: releases of today do not belong to a tape; set it to None, and Tape:CalendarFile to those of its time"),
        _ => ValidateOptionsResult.Success,
    };
}
