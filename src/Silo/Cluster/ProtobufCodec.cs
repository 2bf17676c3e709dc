using BtcAgent.Contracts.Streams;
using BtcAgent.Contracts.Wire;
using BtcAgent.Domain.Facts;
using BtcAgent.Domain.MarketData;
using BtcAgent.Streaming.Kafka;

namespace BtcAgent.Silo.Cluster;

/// <summary>Encodes payloads as <c>src/Contracts/Protos</c> defines them; any language with Protobuf can read them.</summary>
internal sealed class ProtobufCodec : IKafkaPayloadCodec
{
    private const string MarketData = "btcagent.v1.MarketDataBatch";

    public KafkaPayload Encode(string topic, object item) => item switch
    {
        MarketDataBatch batch => new(MarketData, MarketDataWire.Encode(batch)),
        Fact fact => PayloadOf(FactMessages.Of(fact)),
        _ => throw new NotSupportedException($"no message is defined for {item.GetType().Name} on {topic}"),
    };

    /// <summary>Decodes a message; one without a type is assumed to have its topic's type.</summary>
    public object Decode(in KafkaMessage message)
    {
        if (message.Topic != StreamNames.MarketData || message.Type is not (null or MarketData))
        {
            throw new FormatException($"a message of type '{message.Type}' is not expected on {message.Topic}");
        }

        return MarketDataWire.DecodeMessage(message.Key, message.Data, message.LoggedAt);
    }

    private static KafkaPayload PayloadOf(FactMessage message) => new(message.Type, message.Payload);
}
