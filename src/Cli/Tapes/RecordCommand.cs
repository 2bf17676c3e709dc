using System.CommandLine;
using BtcAgent.Cli.Inputs;
using BtcAgent.Cli.Output;
using BtcAgent.Domain.MarketData;
using BtcAgent.Exchanges.Binance;
using BtcAgent.Exchanges.Binance.Streams;
using BtcAgent.Exchanges.Simulator;
using BtcAgent.Exchanges.Simulator.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;

namespace BtcAgent.Cli.Tapes;

/// <summary>Records raw frames of a venue without trading.</summary>
internal sealed class RecordCommand : CliCommand
{
    private readonly BarOptions _instrument = new();

    private readonly Option<string> _venue = new("--venue")
    {
        Description = "simulator (embedded) or binance (public market data)",
        DefaultValueFactory = _ => "simulator",
    };

    private readonly Option<string> _out = new("--out") { Description = "folder to write the tapes to", Required = true };

    private readonly Option<double?> _seconds = new("--seconds") { Description = "stop after this many seconds; without it, Ctrl-C stops the recording" };

    private readonly Option<int> _seed = new("--seed") { Description = "seed of the simulated venue", DefaultValueFactory = _ => 1 };

    public RecordCommand()
        : base(
            "record",
            "Records a venue's raw frames as tapes for replay and backtest; Ctrl-C completes the tape.",
            "btcagent record --venue binance --instrument BINANCE:BTCUSDT --out tapes --seconds 600")
    {
        _venue.AcceptOnlyFromAmong("simulator", "binance");
        foreach (var option in new Option[] { _venue, _instrument.Instrument, _out, _seconds, _seed })
        {
            Options.Add(option);
        }
    }

    protected override int Run(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var instrument = UsageException.Unless(() => _instrument.InstrumentOf(arguments));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (arguments.GetValue(_seconds) is { } seconds)
        {
            stop.CancelAfter(TimeSpan.FromSeconds(seconds));
        }

        var counted = RecordAsync(arguments, instrument, stop.Token).GetAwaiter().GetResult();
        output.Result(counted, console => console.WriteLine(
            $"{counted.Events} events recorded to {counted.Folder}, {counted.Refused} frames refused"));
        return ExitCodes.Ok;
    }

    private async Task<RecordedTape> RecordAsync(ParseResult arguments, InstrumentId instrument, CancellationToken stop)
    {
        var folder = arguments.GetValue(_out)!;
        await using var venue = arguments.GetValue(_venue) == "simulator" ? await StartSimulator(arguments, instrument) : null;
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<Microsoft.Extensions.Configuration.IConfiguration>(
            new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build());
        services.AddBinanceMarketData(options =>
        {
            options.RecordTo = folder;
            options.RestBaseAddress = venue?.RestAddress ?? options.RestBaseAddress;
            options.StreamBaseAddress = venue?.StreamAddress ?? options.StreamBaseAddress;
        });
        await using var provider = services.BuildServiceProvider();
        var sink = new Counter();
        try
        {
            await provider.GetRequiredService<BinanceMarketFeed>().RunAsync(instrument, sink, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The requested end; the recorder has closed its tape.
            return new RecordedTape(folder, sink.Events, sink.Refused);
        }

        return new RecordedTape(folder, sink.Events, sink.Refused);
    }

    private async Task<SimulatedVenue> StartSimulator(ParseResult arguments, InstrumentId instrument)
    {
        var options = new SimulatorOptions { Seed = arguments.GetValue(_seed), Symbols = [instrument.Symbol] };
        var venue = new SimulatedVenue(options, TimeProvider.System, NullLoggerFactory.Instance);
        await venue.StartAsync(CancellationToken.None);
        return venue;
    }

    private sealed class Counter : IMarketEventSink
    {
        public long Events { get; private set; }

        public long Refused { get; private set; }

        public void Accept(in MarketEvent marketEvent, ReadOnlySpan<PriceLevel> levels) => Events++;

        public void Refuse(string reason) => Refused++;

        public void OnClockMeasured(TimeSpan offset)
        {
            // Discards the clock: a tape contains only the venue's frames.
        }

        public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
