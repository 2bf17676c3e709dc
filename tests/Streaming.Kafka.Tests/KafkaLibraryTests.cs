using Confluent.Kafka;

namespace BtcAgent.Streaming.Kafka.Tests;

public sealed class KafkaLibraryTests
{
    [Fact]
    public void EnsureUsable_Here_LoadsThePackagesOwnLibrary()
    {
        KafkaLibrary.EnsureUsable();
        var loaded = File.ReadLines("/proc/self/maps").Where(line => line.Contains("rdkafka.so", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(loaded);
        Assert.All(loaded, line => Assert.Contains(AppContext.BaseDirectory, line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0x020002ff, "2.0.2")]
    [InlineData(0x000b06ff, "0.11.6")]
    public void ProblemOf_AnOlderLibrary_NamesItAndSaysWhatToDo(int loaded, string text)
    {
        var problem = KafkaLibrary.ProblemOf(loaded, text, typeof(Library).Assembly.GetName().Version!);
        Assert.Contains($"librdkafka {text} was loaded", problem, StringComparison.Ordinal);
        Assert.Contains("librdkafka-dev", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x021000ff)]
    [InlineData(0x021100ff)]
    public void ProblemOf_TheSameOrANewerLibrary_IsNone(int loaded) =>
        Assert.Null(KafkaLibrary.ProblemOf(loaded, "2.x", new Version(2, 16)));
}
