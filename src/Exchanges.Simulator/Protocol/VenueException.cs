namespace BtcAgent.Exchanges.Simulator.Protocol;

/// <summary>The venue refuses a request.</summary>
internal sealed class VenueException(VenueError error) : Exception(error.Message)
{
    public VenueError Error => error;
}
