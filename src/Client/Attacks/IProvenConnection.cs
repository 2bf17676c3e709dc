namespace BtcAgent.Client.Attacks;

/// <summary>The part of a connection that learns whether a right key came over it.</summary>
internal interface IProvenConnection
{
    /// <summary>Keeps the connection open however many others come.</summary>
    void Prove();
}
