namespace BtcAgent.Silo.Economy;

/// <summary>The source of economic releases.</summary>
public enum EconomySource
{
    /// <summary>None: the features of releases are unknown.</summary>
    None,

    /// <summary>FRED, with a key.</summary>
    Fred,

    /// <summary>The simulated FRED: synthetic values, for the embedded market.</summary>
    Simulated,
}
