using BtcAgent.Silo.Settings;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Social;

/// <summary>Synthetic posts follow the embedded market: they never come beside real prices or a tape, whose trades they would change.</summary>
internal sealed class SourceOfVenueValidator(AgentSettings settings) : IValidateOptions<SocialOptions>
{
    public ValidateOptionsResult Validate(string? name, SocialOptions options) => options.Source switch
    {
        PostSource.Simulated when settings.Venue != VenueKind.Simulator => ValidateOptionsResult.Fail(
            $"{SocialOptions.Section}:Source is Simulated, and the venue is {settings.Venue}: synthetic posts belong to the embedded market only; set it to X or None"),
        PostSource.X when settings.Venue == VenueKind.Replay => ValidateOptionsResult.Fail(
            $"{SocialOptions.Section}:Source is X, and the venue is {settings.Venue}: posts of today do not belong to a tape; set it to None"),
        _ => ValidateOptionsResult.Success,
    };
}
