using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using BtcAgent.Research.Bars;

namespace BtcAgent.Cli.Inputs;

/// <summary>Options for bars.</summary>
internal sealed class BarOptions
{
    public Option<string[]> Bars { get; } = new("--bars")
    {
        Description = "CSV files of bars in time order, plain, .gz or .xz",
        AllowMultipleArgumentsPerToken = true,
    };

    public Option<int?> Limit { get; } = new("--limit")
    {
        Description = "use only the first N bars",
        CustomParser = ParseLimit,
    };

    public Option<string> Instrument { get; } = new("--instrument")
    {
        Description = "venue and symbol, such as BINANCE:BTCUSDT",
        DefaultValueFactory = _ => "BINANCE:BTCUSDT",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(Bars);
        command.Options.Add(Limit);
        command.Options.Add(Instrument);
    }

    public InstrumentId InstrumentOf(ParseResult arguments) => InstrumentId.Parse(arguments.GetValue(Instrument)!);

    public BarSeries Read(ParseResult arguments, CancellationToken cancellationToken) =>
        BarFile.Read(arguments.GetValue(Bars)!, arguments.GetValue(Limit), null, cancellationToken);

    private static int? ParseLimit(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0)
        {
            return limit;
        }

        result.AddError($"--limit must be 1 or more, not '{text}'");
        return null;
    }

    /// <summary>Describes the bars read.</summary>
    public string Describe(ParseResult arguments, BarSeries series) => FormattableString.Invariant(
        $"{series.Bars.Length} bars of {series.Interval} from {string.Join(", ", arguments.GetValue(Bars)!.Select(Path.GetFileName))}, {series.Missing} missing");
}
