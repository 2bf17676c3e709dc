using System.Text.Json.Serialization;

namespace BtcAgent.Grains.Tests.Halting;

/// <summary>Totals over all schedules of a drill; every one except the first must be zero.</summary>
internal sealed record HaltDrillResult
{
    [JsonPropertyName("schedules")]
    public int Schedules { get; init; }

    /// <summary>Orders that left for the venue after the halt was answered.</summary>
    [JsonPropertyName("ordersAfterHalt")]
    public int OrdersAfterHalt { get; init; }

    /// <summary>
    /// Orders of ours that were open at the venue when a halt was reported complete, or that stayed open to the end.
    /// </summary>
    [JsonPropertyName("openAfterHalt")]
    public int OpenAfterHalt { get; init; }

    /// <summary>
    /// Halts reported complete while an order of ours was in flight, or while an assessment could still send one.
    /// </summary>
    [JsonPropertyName("doneWhilePending")]
    public int DoneWhilePending { get; init; }

    /// <summary>Halts that were not answered within a second of the agent's clock.</summary>
    [JsonPropertyName("answeredLate")]
    public int AnsweredLate { get; init; }

    /// <summary>Halts that did not complete although nothing stalled any more.</summary>
    [JsonPropertyName("neverDone")]
    public int NeverDone { get; init; }

    /// <summary>Flattens that sold more than was held, or left a position.</summary>
    [JsonPropertyName("notFlat")]
    public int NotFlat { get; init; }

    /// <summary>Schedules in which an order was in flight when the halt came: the purpose of the drill.</summary>
    [JsonPropertyName("ordersInFlight")]
    public int OrdersInFlight { get; init; }

    [JsonIgnore]
    public bool IsClean => (OrdersAfterHalt, OpenAfterHalt, DoneWhilePending, AnsweredLate, NeverDone, NotFlat) == (0, 0, 0, 0, 0, 0);

    public static HaltDrillResult operator +(HaltDrillResult left, HaltDrillResult right) => new()
    {
        Schedules = left.Schedules + right.Schedules,
        OrdersAfterHalt = left.OrdersAfterHalt + right.OrdersAfterHalt,
        OpenAfterHalt = left.OpenAfterHalt + right.OpenAfterHalt,
        DoneWhilePending = left.DoneWhilePending + right.DoneWhilePending,
        AnsweredLate = left.AnsweredLate + right.AnsweredLate,
        NeverDone = left.NeverDone + right.NeverDone,
        NotFlat = left.NotFlat + right.NotFlat,
        OrdersInFlight = left.OrdersInFlight + right.OrdersInFlight,
    };
}
