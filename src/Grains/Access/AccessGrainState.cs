using BtcAgent.Domain.Access;

namespace BtcAgent.Grains.Access;

/// <summary>The keys of all gateways, without their secrets.</summary>
public sealed class AccessGrainState
{
    public KeyRing Ring { get; set; } = KeyRing.Empty;
}
