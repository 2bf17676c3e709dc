using System.Text;

namespace BtcAgent.Streaming.Kafka.Tests;

public sealed class Murmur2Tests
{
    /// <summary>From the tests of Kafka's own client, as signed 32-bit numbers.</summary>
    [Theory]
    [InlineData("21", -973932308)]
    [InlineData("foobar", -790332482)]
    [InlineData("a-little-bit-long-string", -985981536)]
    [InlineData("a-little-bit-longer-string", -1486304829)]
    [InlineData("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971)]
    [InlineData("abc", 479470107)]
    public void Hash_KafkasVectors_AreEqual(string text, int expected) =>
        Assert.Equal(expected, (int)Murmur2.Hash(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void PartitionOf_IsNeverNegative()
    {
        for (var i = 0; i < 10_000; i++)
        {
            Assert.InRange(Murmur2.PartitionOf(BitConverter.GetBytes(i), 7), 0, 6);
        }
    }
}
