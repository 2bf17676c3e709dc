namespace BtcAgent.Exchanges.Simulator.Orders;

/// <summary>What becomes of an answer.</summary>
internal enum AnswerFate
{
    Sent,
    Swallowed,
    ConnectionCut,
}
