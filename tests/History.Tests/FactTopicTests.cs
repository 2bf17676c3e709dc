using BtcAgent.Contracts.Wire;
using BtcAgent.Domain.Facts;

namespace BtcAgent.History.Tests;

public sealed class FactTopicTests
{
    [Fact]
    public void Topics_All_HaveTheirOwnNameAndMessage()
    {
        Assert.Distinct(FactTopics.All.Select(FactTopics.NameOf));
        Assert.Distinct(FactTopics.All.Select(topic => FactMessages.Read(topic, []).Descriptor.FullName));
    }

    [Fact]
    public void Read_NotAMessage_SaysTheTopic()
    {
        var e = Assert.Throws<FormatException>(() => FactMessages.Read(FactTopic.Orders, [0xFF, 0xFF]));
        Assert.Contains("orders", e.Message, StringComparison.Ordinal);
    }
}
