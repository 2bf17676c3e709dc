using System.Globalization;
using BtcAgent.Testing;

namespace BtcAgent.Streaming.Kafka.Tests;

public sealed class SoakTests(KafkaBroker broker)
{
    private const int Keys = 16;
    private const int BatchSize = 500;

    /// <summary>Allowed growth of the heap between the first tenth and the end: full caches, not stored messages.</summary>
    private const long GrowthMiBMax = 32;

    /// <summary>Set BTCAGENT_SOAK_COUNT for a longer run: a million messages take a minute without coverage.</summary>
    private static readonly int Total =
        int.TryParse(Environment.GetEnvironmentVariable("BTCAGENT_SOAK_COUNT"), CultureInfo.InvariantCulture, out var count) ? count : 200_000;

    [Fact]
    public async Task Soak_AllComeOnceInOrder_AndMemoryStaysFlat()
    {
        await using var cluster = await StreamCluster.StartAsync(broker, configure: options => options.LingerMs = 2);
        var perKey = Total / Keys / BatchSize * BatchSize;
        await SendAsync(cluster, 0, perKey / 10);
        var before = HeapMiB();

        await SendAsync(cluster, perKey / 10, perKey);

        Assert.InRange(HeapMiB() - before, long.MinValue, GrowthMiBMax);
        Assert.All(Enumerable.Range(0, Keys), key => Assert.Equal(perKey, cluster.Memory(key).Counted));
    }

    /// <summary>Completes when the consumers have everything up to here.</summary>
    private static async Task SendAsync(StreamCluster cluster, int from, int until)
    {
        await Task.WhenAll(Enumerable.Range(0, Keys).Select(async key =>
        {
            for (var number = from; number < until; number += BatchSize)
            {
                await cluster.SendAsync(
                    key, Enumerable.Range(number, Math.Min(BatchSize, until - number)).Select(n => new Note(n, Note.Count)));
            }
        }));
        await Eventually.TrueAsync(
            $"{until} notes of each key",
            () => Task.FromResult(Enumerable.Range(0, Keys).All(key => cluster.Memory(key).Counted >= until)),
            TimeSpan.FromMinutes(5));
    }

    private static long HeapMiB() => GC.GetTotalMemory(forceFullCollection: true) / (1024 * 1024);
}
