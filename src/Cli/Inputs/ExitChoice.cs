using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using BtcAgent.Research.Backtests;

namespace BtcAgent.Cli.Inputs;

/// <summary>Options for exits besides the strategy's own.</summary>
internal sealed class ExitChoice
{
    private readonly Option<decimal?> _stopLoss = Fraction("--stop-loss", "bars: closes a position at this loss, such as 2% or 0.02 of its entry price");

    private readonly Option<decimal?> _takeProfit = Fraction("--take-profit", "bars: closes a position at this gain, such as 4%");

    private readonly Option<decimal?> _trailingStop = Fraction(
        "--trailing-stop", "bars: closes a position this far from its best price, such as 1.5%");

    private readonly Option<decimal?> _trailingOffset = Fraction(
        "--trailing-offset", "bars: gain from which on the trailing stop applies, such as 3%; default: at once");

    /// <summary>Option that is a fraction, written <c>0.02</c> or <c>2%</c>.</summary>
    public static Option<decimal?> Fraction(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result => Parse(name, result),
    };

    public void AddTo(Command command)
    {
        foreach (var option in new[] { _stopLoss, _takeProfit, _trailingStop, _trailingOffset })
        {
            command.Options.Add(option);
        }
    }

    public ExitOptions Read(ParseResult arguments) => new()
    {
        StopLoss = arguments.GetValue(_stopLoss),
        TakeProfit = arguments.GetValue(_takeProfit),
        TrailingStop = arguments.GetValue(_trailingStop),
        TrailingOffset = arguments.GetValue(_trailingOffset) ?? 0,
    };

    private static decimal? Parse(string name, ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var percent = text.EndsWith('%');
        if (decimal.TryParse(percent ? text[..^1] : text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
        {
            return percent ? value / 100 : value;
        }

        result.AddError($"{name} needs a fraction such as 0.02 or 2%, not '{text}'");
        return null;
    }
}
