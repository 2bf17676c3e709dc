using System.CommandLine;
using BtcAgent.Cli.Output;
using BtcAgent.Domain.Execution;
using BtcAgent.Domain.Instruments;
using BtcAgent.Exchanges.Binance.Tapes;
using BtcAgent.Research.Backtests;
using Microsoft.Extensions.Options;

namespace BtcAgent.Cli.Inputs;

/// <summary>Options for tapes.</summary>
internal sealed class TapeInput
{
    private Option<string[]> Tapes { get; } = new("--tape")
    {
        Description = "recorded tapes in time order",
        AllowMultipleArgumentsPerToken = true,
    };

    private Option<string?> Sentiment { get; } = new("--sentiment") { Description = "tapes: file with tallies of posts, one JSON object per line (docs/backtests.md)" };

    private Option<string?> Calendar { get; } = new("--calendar") { Description = "tapes: file with notices of economic releases, one JSON object per line (docs/backtests.md)" };

    public void AddTo(Command command)
    {
        command.Options.Add(Tapes);
        command.Options.Add(Sentiment);
        command.Options.Add(Calendar);
    }

    /// <exception cref="UsageException">There are tallies of posts or notices of releases without a tape.</exception>
    public bool IsGiven(ParseResult arguments)
    {
        var isGiven = arguments.GetValue(Tapes) is { Length: > 0 };
        return isGiven || (arguments.GetValue(Sentiment) ?? arguments.GetValue(Calendar)) is null ? isGiven
            : arguments.GetValue(Sentiment) is not null ? throw new UsageException("--sentiment needs --tape: tallies of posts have their place among a tape's events")
            : throw new UsageException("--calendar needs --tape: notices of releases have their place among a tape's events");
    }

    /// <exception cref="BacktestException">Nothing of the tapes can be used for the instrument.</exception>
    public DecodedTape Read(ParseResult arguments, InstrumentId instrument, CommandOutput output)
    {
        var files = arguments.GetValue(Tapes)!;
        if (Array.Find(files, Directory.Exists) is { } folder)
        {
            throw new UsageException($"--tape: '{folder}' is a folder: name its files");
        }

        var tape = DecodedTape.Load(instrument, files, output.Remark);
        return tape.WhyUseless is { } why ? throw new BacktestException(why)
            : (arguments.GetValue(Sentiment) ?? arguments.GetValue(Calendar)) is null ? tape
            : tape.With([
                .. arguments.GetValue(Sentiment) is { } tallies ? SentimentFile.Read(tallies) : [],
                .. arguments.GetValue(Calendar) is { } notices ? CalendarFile.Read(notices) : []]);
    }

    public string Describe(ParseResult arguments, DecodedTape tape) => FormattableString.Invariant(
        $"{tape.Events.Length} events of {string.Join(", ", arguments.GetValue(Tapes)!.Append(arguments.GetValue(Sentiment)).Append(arguments.GetValue(Calendar)).OfType<string>().Select(Path.GetFileName))}");

    /// <summary>Returns the settings of the silo's replay, with the caller's changes.</summary>
    public static TapeBacktestOptions OptionsOf(InstrumentId instrument, decimal cash, decimal inventory, PaperOptions paper)
    {
        var rules = RulesOf(instrument);
        return new TapeBacktestOptions
        {
            Rules = rules,
            InitialBalances = new Dictionary<string, decimal> { [rules.QuoteAsset] = cash, [rules.BaseAsset] = inventory },
            Paper = paper,
        };
    }

    /// <summary>The venue's rules when none are given: tick, lot, quantities and notional of BTCUSDT on Binance.</summary>
    public static TradingRules RulesOf(InstrumentId instrument) =>
        new TapeFeed(Options.Create(new TapeOptions()), TimeProvider.System).GetTradingRulesAsync(instrument, CancellationToken.None)
            .GetAwaiter().GetResult();
}
