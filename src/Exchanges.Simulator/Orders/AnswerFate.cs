namespace BtcAgent.Exchanges.Simulator.Orders;

/// <summary>Whether and how an answer is delivered.</summary>
internal enum AnswerFate
{
    Sent,
    Swallowed,
    ConnectionCut,
}
