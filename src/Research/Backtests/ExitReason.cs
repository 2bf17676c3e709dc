using System.Text.Json.Serialization;

namespace BtcAgent.Research.Backtests;

/// <summary>Why an order of a backtest was sent.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ExitReason>))]
public enum ExitReason : byte
{
    /// <summary>The strategy wanted another position.</summary>
    [JsonStringEnumMemberName("signal")]
    Signal = 0,

    /// <summary>The loss reached <see cref="ExitOptions.StopLoss"/>.</summary>
    [JsonStringEnumMemberName("stop-loss")]
    StopLoss = 1,

    /// <summary>The gain reached <see cref="ExitOptions.TakeProfit"/>.</summary>
    [JsonStringEnumMemberName("take-profit")]
    TakeProfit = 2,

    /// <summary>The price fell by <see cref="ExitOptions.TrailingStop"/> from its best since the entry.</summary>
    [JsonStringEnumMemberName("trailing-stop")]
    TrailingStop = 3,

    /// <summary>The bars ended.</summary>
    [JsonStringEnumMemberName("end of bars")]
    EndOfBars = 4,
}
