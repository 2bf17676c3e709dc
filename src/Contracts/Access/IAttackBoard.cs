namespace BtcAgent.Contracts.Access;

/// <summary>Counts refused access at this process's HTTP port.</summary>
public interface IAttackBoard
{
    /// <summary>Wrong keys, tokens and sign-in links since the start.</summary>
    long WrongKeys { get; }
}
