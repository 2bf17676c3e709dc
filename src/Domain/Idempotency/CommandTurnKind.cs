namespace BtcAgent.Domain.Idempotency;

/// <summary>The permitted action of a request with an idempotency key.</summary>
public enum CommandTurnKind : byte
{
    /// <summary>Carry the command out, and report the answer.</summary>
    Run = 1,

    /// <summary>Answer with the recorded answer.</summary>
    Replay = 2,

    /// <summary>The first request is still being carried out.</summary>
    Busy = 3,

    /// <summary>The key belongs to another request.</summary>
    Different = 4,
}
