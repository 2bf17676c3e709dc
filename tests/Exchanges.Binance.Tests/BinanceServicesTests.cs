using BtcAgent.Exchanges.Binance.Settings;
using BtcAgent.Exchanges.Binance.Streams;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BtcAgent.Exchanges.Binance.Tests;

public sealed class BinanceServicesTests
{
    [Fact]
    public void AddBinanceMarketData_Defaults_TheFeedIsTheLiveOne()
    {
        using var services = Build(services => services.AddBinanceMarketData());

        Assert.IsType<BinanceMarketFeed>(services.GetRequiredService<IMarketFeed>());
        Assert.Equal("api.binance.com", services.GetRequiredService<IOptions<BinanceOptions>>().Value.RestBaseAddress.Host);
    }

    [Fact]
    public void AddBinanceMarketData_OptionOutOfRange_NamesIt()
    {
        using var services = Build(
            services => services.AddBinanceMarketData(), ("Binance:SnapshotLevels", "1"), ("Binance:SilenceSeconds", "0"));

        var problem = Assert.Throws<OptionsValidationException>(
            () => services.GetRequiredService<IOptions<BinanceOptions>>().Value);
        Assert.Contains("SnapshotLevels", problem.Message);
        Assert.Contains("SilenceSeconds", problem.Message);
    }

    [Fact]
    public void AddTapeMarketData_PathsConfigured_TheFeedIsTheTape()
    {
        using var services = Build(services => services.AddTapeMarketData(), ("Tape:Paths:0", "a.gz"), ("Tape:Speed", "0"));

        Assert.IsType<TapeFeed>(services.GetRequiredService<IMarketFeed>());
        Assert.Equal(["a.gz"], services.GetRequiredService<IOptions<TapeOptions>>().Value.Paths);
    }

    [Fact]
    public async Task GetTradingRulesAsync_TapeDefaults_AreBtcUsdts()
    {
        using var services = Build(services => services.AddTapeMarketData(options => options.Paths.Add("a.gz")));
        var feed = services.GetRequiredService<IMarketFeed>();

        var rules = await feed.GetTradingRulesAsync(InstrumentId.Parse("BINANCE:BTCUSDT"), CancellationToken.None);

        Assert.Equal((Price.Parse("0.01"), Quantity.Parse("0.00001"), 5m), (rules.TickSize, rules.LotSize, rules.MinNotional));
    }

    private static ServiceProvider Build(
        Action<IServiceCollection> add, params (string Key, string? Value)[] settings)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)))
            .Build());
        add(services);
        return services.BuildServiceProvider();
    }
}
