using BtcAgent.Domain.Access;
using BtcAgent.Domain.Idempotency;

namespace BtcAgent.Grains.Access;

/// <summary>The keys of all gateways, without their secrets.</summary>
public sealed class AccessGrainState
{
    public KeyRing Ring { get; set; } = KeyRing.Empty;

    /// <summary>Changes that the ring contains; the result is the id of the key.</summary>
    public OperationLedger Operations { get; set; } = OperationLedger.Empty;
}
