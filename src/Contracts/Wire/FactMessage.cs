using BtcAgent.Domain.Facts;

namespace BtcAgent.Contracts.Wire;

/// <summary>A fact as it is written to a log.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Key">Key within the topic.</param>
/// <param name="Type">Full name of the Protobuf message, such as <c>btcagent.v1.RiskDecision</c>.</param>
/// <param name="Payload">The Protobuf message.</param>
public readonly record struct FactMessage(FactTopic Topic, string Key, string Type, byte[] Payload);
