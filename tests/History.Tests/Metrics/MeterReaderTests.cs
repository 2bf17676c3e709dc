using System.Diagnostics.Metrics;
using BtcAgent.Domain;
using BtcAgent.History.Metrics;

namespace BtcAgent.History.Tests.Metrics;

public sealed class MeterReaderTests : IDisposable
{
    private static readonly Timestamp Now = Timestamp.FromUnixMilliseconds(1_700_000_000_900);

    private readonly Meter _meter = new("test");

    public void Dispose() => _meter.Dispose();

    [Fact]
    public void Read_Counter_IsTheTotalAndRepeated()
    {
        using var reader = Reader();
        var orders = _meter.CreateCounter<long>("orders");
        orders.Add(2);
        orders.Add(3);
        Assert.Equal("trading.execution,metric=orders,node=n\\ 1 total=5 1700000000", Assert.Single(reader.Read(Now)));
        Assert.Equal("trading.execution,metric=orders,node=n\\ 1 total=5 1700000001", Assert.Single(reader.Read(Now + TimeSpan.FromSeconds(1))));
    }

    [Fact]
    public void Read_Histogram_IsTheIntervalsDistribution()
    {
        using var reader = Reader();
        var latency = _meter.CreateHistogram<double>("latency");
        latency.Record(2, new KeyValuePair<string, object?>("stage", "tickToOrder"));
        latency.Record(2, new KeyValuePair<string, object?>("stage", "tickToOrder"));
        Assert.Equal(
            "system.latency,metric=latency,node=n\\ 1,stage=tickToOrder count=2i,max=2,mean=2,min=2,p50=2,p99=2,sum=4 1700000000",
            Assert.Single(reader.Read(Now)));
        Assert.Empty(reader.Read(Now));
    }

    [Fact]
    public void Read_TagsThatAreNotAllowed_AreSummed()
    {
        using var reader = Reader();
        var decisions = _meter.CreateCounter<long>("decisions");
        decisions.Add(1, new("outcome", "Approved"), new("order_id", "a1"), new("reason", "text"));
        decisions.Add(1, new("outcome", "Approved"), new("order_id", "a2"), new("reason", "other"));
        Assert.Equal("trading.risk,metric=decisions,node=n\\ 1,outcome=Approved total=2 1700000000", Assert.Single(reader.Read(Now)));
    }

    [Fact]
    public void Read_ObservableWithSeveralValues_IsTheirSumEachTime()
    {
        using var reader = Reader();
        _meter.CreateObservableCounter<double>("dotnet.process.cpu.time", () =>
            [new(1.5, new KeyValuePair<string, object?>("cpu.mode", "user")), new(0.5, new KeyValuePair<string, object?>("cpu.mode", "system"))]);
        Assert.Equal("system.health,metric=dotnet.process.cpu.time,node=n\\ 1 total=2 1700000000", Assert.Single(reader.Read(Now)));
        Assert.Equal("system.health,metric=dotnet.process.cpu.time,node=n\\ 1 total=2 1700000000", Assert.Single(reader.Read(Now)));
    }

    [Fact]
    public void Read_Gauge_IsTheLastValueOfTheInterval()
    {
        using var reader = Reader();
        var gauge = _meter.CreateGauge<double>("clock_offset");
        gauge.Record(1);
        gauge.Record(-2.5);
        Assert.Equal("system.health,metric=clock_offset,node=n\\ 1 value=-2.5 1700000000", Assert.Single(reader.Read(Now)));
        gauge.Record(double.NaN);
        Assert.Empty(reader.Read(Now));
    }

    [Fact]
    public void Read_TooManySeries_LeavesOutAndCounts()
    {
        using var reader = Reader();
        var frames = _meter.CreateCounter<long>("frames");
        for (var i = 0; i < MeterReader.SeriesMax + 5; i++)
        {
            frames.Add(1, new KeyValuePair<string, object?>("topic", $"t{i}"));
        }

        Assert.Equal(MeterReader.SeriesMax, reader.Read(Now).Count());
        Assert.Equal(5, reader.SeriesLeftOut);
    }

    [Fact]
    public void MeasurementOf_UnknownInstrument_IsNotExported()
    {
        using var reader = Reader();
        _meter.CreateCounter<long>("unknown").Add(1);
        Assert.Empty(reader.Read(Now));
    }

    [Fact]
    public void Instruments_All_HaveOneOfTheSpecifiedMeasurements() => Assert.Equal(
        ["system.errors", "system.health", "system.latency", "system.throughput", "trading.execution", "trading.performance", "trading.risk"],
        MetricCatalog.Instruments.Select(name => MetricCatalog.MeasurementOf(name)!).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Instruments_Ours_AreCreatedSomewhere()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "BtcAgent.sln")))
        {
            root = root.Parent!;
        }

        var sources = string.Concat(Directory.EnumerateFiles(Path.Combine(root.FullName, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.EndsWith($"{nameof(MetricCatalog)}.cs", StringComparison.Ordinal)).Select(File.ReadAllText));
        Assert.All(
            MetricCatalog.Instruments.Where(name => !name.StartsWith("dotnet.", StringComparison.Ordinal) && !name.StartsWith("http.", StringComparison.Ordinal)),
            name => Assert.Contains($"\"{name}\"", sources, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_Runtime_HasItsHealth()
    {
        using var reader = new MeterReader("n", meter => meter.Name == "System.Runtime");
        var lines = reader.Read(Now).ToList();
        Assert.All(
            MetricCatalog.Instruments.Where(name => name.StartsWith("dotnet.", StringComparison.Ordinal)),
            name => Assert.Contains(lines, line => line.StartsWith($"system.health,metric={name},node=n ", StringComparison.Ordinal)));
    }

    private MeterReader Reader() => new("n 1", meter => ReferenceEquals(meter, _meter));
}
