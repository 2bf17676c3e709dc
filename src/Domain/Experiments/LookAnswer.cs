namespace BtcAgent.Domain.Experiments;

/// <summary>Decision of a sequential test at one look.</summary>
public enum LookAnswer : byte
{
    Continue = 0,

    /// <summary>The challenger is better.</summary>
    Better = 1,

    /// <summary>It is not worth continuing.</summary>
    Futile = 2,

    /// <summary>The last look, without significance.</summary>
    HorizonReached = 3,
}
