namespace BtcAgent.Chaos.Tests.Attack;

/// <summary>Figures of a drill.</summary>
public sealed record AttackResult
{
    public required double Minutes { get; init; }

    /// <summary>Attempts and answers, by attack.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>> Attacks { get; init; }

    /// <summary>Attempts that gained access without a key.</summary>
    public required long Admitted { get; init; }

    /// <summary>Attacks without any answer or closed connection.</summary>
    public required IReadOnlyList<string> Idle { get; init; }

    public required int Decisions { get; init; }

    /// <summary>Longest time between decisions, milliseconds of event time.</summary>
    public required double DecisionGapMsMax { get; init; }

    public required int Fills { get; init; }

    public required int Halts { get; init; }

    /// <summary>Halts without an answer, or without a halt in force.</summary>
    public required int HaltsFailed { get; init; }

    /// <summary>Time from a fresh connection to the answer, milliseconds.</summary>
    public required double HaltMsP50 { get; init; }

    public required double HaltMsMax { get; init; }

    /// <summary>Upper bound of <see cref="HaltMsMax"/>.</summary>
    public required double HaltMsLimit { get; init; }

    /// <summary>Slowest halt before the attack, milliseconds.</summary>
    public required double QuietHaltMsMax { get; init; }

    /// <summary>Log lines about attacks, by kind.</summary>
    public required IReadOnlyDictionary<string, int> Told { get; init; }

    /// <summary>Shortest time between two such lines of one kind, seconds; null when no kind has two.</summary>
    public required double? ToldSecondsMin { get; init; }

    /// <summary>Other lines of the gateway and the web server: an attack must not fill the log.</summary>
    public required int GatewayLines { get; init; }

    public required int LogLines { get; init; }

    public required long MemoryMiBMax { get; init; }

    public required IReadOnlyList<int> Ports { get; init; }

    /// <summary>Violated expectations; empty when the drill passes.</summary>
    public IReadOnlyList<string> Broken =>
    [
        .. Unless(Admitted == 0, $"{Admitted} attempts got in"),
        .. Unless(Idle.Count == 0, $"attacks that did nothing: {string.Join(", ", Idle)}"),
        .. Unless(Halts > 0 && HaltsFailed == 0, $"{HaltsFailed} of {Halts} halts failed"),
        .. Unless(HaltMsMax < HaltMsLimit, $"a halt took {HaltMsMax:F0} ms, not below {HaltMsLimit:F0}"),
        .. Unless(Decisions > 0 && DecisionGapMsMax < 10_000, $"{Decisions} decisions, {DecisionGapMsMax:F0} ms apart at most"),
        .. Unless(Fills > 0, "nothing was traded"),
        .. Unless(GatewayLines == 0, $"{GatewayLines} other lines of the gateway in the log"),
        .. Unless(Told.Count > 0 && ToldSecondsMin is null or >= 59.5, $"attacks logged every {ToldSecondsMin:F1} s"),
    ];

    private static IEnumerable<string> Unless(bool holds, string otherwise) => holds ? [] : [otherwise];
}
