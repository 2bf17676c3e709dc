using System.Text.Json;
using System.Text.Json.Serialization;
using BtcAgent.Exchanges.Binance.Tapes;
using BtcAgent.Testing;

namespace BtcAgent.Chaos.Tests.Cluster;

/// <summary>Network partitions while a tape plays and the cluster trades.</summary>
[Collection(nameof(TimedDrills))]
public sealed class PartitionTests(KafkaBroker broker, PostgresServer postgres, ITestOutputHelper output)
    : IClassFixture<KafkaBroker>, IClassFixture<PostgresServer>
{
    /// <summary>The tape lasts at least this long: past the last partition, also where recovery from each is slow.</summary>
    private const double TapeSeconds = 170;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
    };

    [Fact]
    public async Task Partition_OfTradingSilos_OneTraderAtATimeAndNothingLostOrDoubled()
    {
        await NetworkNamespaces.RequireAsync();
        var small = ClusterDrillOptions.FromEnvironment();
        var tape = DecodedTape.Load(small.Instrument, small.Tapes);
        var length = (tape.Events[^1].ReceiveTime - tape.Events[0].ReceiveTime).TotalSeconds;
        var options = small with { Silos = 2, Kills = 0, GracefulStops = 0, Speed = Math.Max(1, (int)(length / TapeSeconds)) };
        Report($"a tape of {length:F0} s at {options.Speed} times its speed, seed {options.Seed}");
        await using var drill = new PartitionDrill(options, broker, postgres, Report);
        var result = await drill.RunAsync(TestContext.Current.CancellationToken);
        var text = JsonSerializer.Serialize(result, Json) + JsonSerializer.Serialize(drill.Partitions, Json);
        Report(text);
        Assert.True(result.IsClean, text);
        Assert.True(result.Orders > 0, text);
        Assert.Equal(Enum.GetValues<PartitionKind>(), drill.Partitions.Select(p => p.Kind));
        Assert.All(drill.Partitions, partition =>
        {
            // A silo that has lost its grains never trades again while it is cut off.
            Assert.Equal(partition.Traders.Count, partition.Traders.Distinct().Count());
            Assert.True(partition.DecisionMs < 20_000, text);
        });
    }

    private void Report(string line)
    {
        output.WriteLine(line);
        Console.WriteLine(line);
    }
}
