using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using BtcAgent.Cli.Output;
using BtcAgent.Research.Bars;

namespace BtcAgent.Cli.Inputs;

/// <summary>Options for bars.</summary>
internal sealed class BarOptions
{
    public Option<string[]> Bars { get; } = new("--bars")
    {
        Description = "CSV files of bars, plain, .gz, .xz or .zip; 'backtest' takes several instruments as BINANCE:ETHUSDT=eth.csv",
        AllowMultipleArgumentsPerToken = true,
    };

    public Option<int?> Limit { get; } = new("--limit")
    {
        Description = "use only the first N bars",
        CustomParser = ParseLimit,
    };

    public Option<TimeRange?> Range { get; } = new("--timerange")
    {
        Description = $"use only the bars that open in FROM-TO, without TO: {TimeRange.Formats}",
        CustomParser = ParseRange,
    };

    public Option<string> Instrument { get; } = new("--instrument")
    {
        Description = "venue and symbol, such as BINANCE:BTCUSDT",
        DefaultValueFactory = _ => "BINANCE:BTCUSDT",
    };

    private readonly BarPolicyOptions _policy = new();

    public void AddTo(Command command)
    {
        command.Options.Add(Bars);
        command.Options.Add(Range);
        command.Options.Add(Limit);
        command.Options.Add(Instrument);
        _policy.AddTo(command);
    }

    public InstrumentId InstrumentOf(ParseResult arguments) => InstrumentId.Parse(arguments.GetValue(Instrument)!);

    /// <summary>Reads the bars of one instrument.</summary>
    /// <exception cref="UsageException">The files are of several instruments.</exception>
    public BarSet Read(ParseResult arguments, CancellationToken cancellationToken)
    {
        var sets = ReadAll(arguments, cancellationToken);
        return sets.Count == 1
            ? sets[0]
            : throw new UsageException($"give the bars of one instrument, not of {string.Join(", ", sets.Select(s => s.Instrument))}");
    }

    /// <summary>Reads the bars of each instrument; its files may be given in any order.</summary>
    public IReadOnlyList<BarSet> ReadAll(ParseResult arguments, CancellationToken cancellationToken)
    {
        var fallback = InstrumentOf(arguments);
        var (range, limit) = (arguments.GetValue(Range), arguments.GetValue(Limit));
        var policy = _policy.Of(arguments);
        var files = arguments.GetValue(Bars)!.Select(text => FileOf(text, fallback)).ToList();
        if (files.Find(f => Directory.Exists(f.Path)).Path is { } folder)
        {
            throw new UsageException($"--bars: '{folder}' is a folder: name its files");
        }

        return
        [
            .. files.GroupBy(f => f.Instrument, f => f.Path)
                .Select(own => BarSet.Read(
                    own.Key, [.. own], range, limit,
                    path => BarFile.Read([path], range is null ? limit : null, policy, cancellationToken))),
        ];
    }

    /// <summary>Only text that names an instrument before its first <c>=</c> does so; a path may contain one, too.</summary>
    private static (InstrumentId Instrument, string Path) FileOf(string text, InstrumentId fallback)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        return at > 0 && InstrumentId.TryParse(text[..at], out var named) ? (named, text[(at + 1)..]) : (fallback, text);
    }

    private static TimeRange? ParseRange(ArgumentResult result)
    {
        try
        {
            return TimeRange.Parse(result.Tokens[0].Value);
        }
        catch (FormatException e)
        {
            result.AddError($"--timerange: {e.Message}");
            return null;
        }
    }

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
}
