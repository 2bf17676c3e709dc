using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using BtcAgent.Research.Bars;

namespace BtcAgent.Cli.Inputs;

/// <summary>Options for files of bars that are not one regular row each.</summary>
internal sealed class BarPolicyOptions
{
    private const string Month = "1M";

    private readonly Option<string?> _interval = new("--interval")
    {
        Description = "interval of the bars: 1s, 5m, 4h, 1d, 1w or 1M (a month); default: the most frequent step",
    };

    private readonly Option<string?> _timeFormat = new("--time-format")
    {
        Description = "how times are written: s, ms, us, ns, excel, yyyyMMdd, dd/MM/yyyy, MM/dd/yyyy or a .NET pattern; default: found from the rows",
    };

    private readonly Option<IrregularPolicy> _irregular = Policy("--irregular", "bars off the grid of the interval, or shorter: keep, drop or refuse", IrregularPolicy.Keep);

    private readonly Option<RepeatPolicy> _duplicates = Policy("--duplicates", "rows of the same time: refuse, or use the first or last", RepeatPolicy.Refuse);

    private readonly Option<RowPolicy> _empty = Policy("--empty-rows", "rows without prices, such as NaN: skip or refuse", RowPolicy.Skip);

    private readonly Option<RowPolicy> _bad = Policy("--bad-rows", "rows with an invalid value: skip or refuse", RowPolicy.Refuse);

    public BarPolicyOptions() => _interval.Validators.Add(CheckInterval);

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _interval, _timeFormat, _irregular, _duplicates, _empty, _bad })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Adds the options that say how a file is written, without those for irregular and repeated bars.</summary>
    public void AddFormatTo(Command command)
    {
        foreach (var option in new Option[] { _interval, _timeFormat, _empty, _bad })
        {
            command.Options.Add(option);
        }
    }

    public BarPolicy Of(ParseResult arguments)
    {
        var interval = arguments.GetValue(_interval);
        return new BarPolicy
        {
            Interval = interval is null or Month ? null : Span(interval),
            Monthly = interval == Month,
            TimeFormat = arguments.GetValue(_timeFormat),
            Irregular = arguments.GetValue(_irregular),
            Repeats = arguments.GetValue(_duplicates),
            EmptyRows = arguments.GetValue(_empty),
            BadRows = arguments.GetValue(_bad),
        };
    }

    private static Option<T> Policy<T>(string name, string description, T fallback)
        where T : struct, Enum => new(name) { Description = description, DefaultValueFactory = _ => fallback };

    private static void CheckInterval(OptionResult result)
    {
        if (result.Tokens.Count > 0 && result.Tokens[0].Value is var text && text != Month && Span(text) is null)
        {
            result.AddError($"--interval must be a number and s, m, h, d or w, or 1M, not '{text}'");
        }
    }

    private static TimeSpan? Span(string text)
    {
        var unit = text.Length == 0 ? ' ' : text[^1];
        var seconds = unit switch { 's' => 1, 'm' => 60, 'h' => 3_600, 'd' => 86_400, 'w' => 604_800, _ => 0 };
        return seconds > 0 && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and < 10_000
            ? TimeSpan.FromSeconds((long)count * seconds)
            : null;
    }
}
