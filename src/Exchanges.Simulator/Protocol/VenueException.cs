namespace BtcAgent.Exchanges.Simulator.Protocol;

/// <summary>A request is refused.</summary>
internal sealed class VenueException(VenueError error) : Exception(error.Message)
{
    public VenueError Error => error;
}
