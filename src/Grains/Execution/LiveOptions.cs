using System.ComponentModel.DataAnnotations;
using BtcAgent.Domain.Execution.Parity;
using BtcAgent.Domain.Execution.Venue;

namespace BtcAgent.Grains.Execution;

/// <summary>How an execution keeps itself in agreement with a real venue. Section <c>Execution</c>.</summary>
public sealed class LiveOptions
{
    public const string Section = "Execution";

    /// <summary>Between comparisons with the venue's records while nothing is in doubt, in seconds, 1…3,600.</summary>
    [Range(1.0, 3_600.0)]
    public double ReconcileEverySeconds { get; set; } = 30;

    /// <summary>First pause after a comparison that left doubts, in milliseconds, 10…60,000; doubles up to a hundredfold or 5 s.</summary>
    [Range(10, 60_000)]
    public int RetryMs { get; set; } = 100;

    /// <summary>
    /// Comparisons that had all their answers and still left a doubt before the portfolio is halted, 2…1,000. They are
    /// spread over at least the venue's request lifetime.
    /// </summary>
    [Range(2, 1_000)]
    public int UnsettledMax { get; set; } = 20;

    /// <summary>Between a report that leaves a question and asking it, in milliseconds, 0…60,000: most answer themselves.</summary>
    [Range(0, 60_000)]
    public int QuestionDelayMs { get; set; } = 300;

    /// <summary>
    /// From the moment an order is decided until it has left, in milliseconds, 100…10,000, at most the venue's request lifetime;
    /// an order that waited longer, for a store or a connection, is never sent. Default 2,000. Replays know no such limit.
    /// </summary>
    [Range(100, 10_000)]
    public int IntentLifetimeMs { get; set; } = 2_000;

    /// <summary>Quote asset that books and venue may differ by before it is no dust any more. Default 0.01.</summary>
    [Range(0.0, 1_000.0)]
    public decimal DustQuote { get; set; } = 0.01m;

    /// <summary>
    /// Distance of a stop order that rests at the venue below the market, in basis points, and sells the position if this
    /// agent is dead; null for none. It follows the position at each comparison.
    /// </summary>
    [Range(10.0, 5_000.0)]
    public decimal? ProtectiveStopBps { get; set; }

    /// <summary>
    /// Answers of the venue to orders count this long in <c>ERROR_RATE</c> and <c>REJECT_RATE</c>, in minutes, 1…1,440, the newest 50
    /// of them. Default 10.
    /// </summary>
    [Range(1.0, 1_440.0)]
    public double AnswerWindowMinutes { get; set; } = 10;

    /// <summary>Answers in the window before their shares count, 1…50. Default 10.</summary>
    [Range(1, AnswerRates.AnswersMax)]
    public int AnswersMin { get; set; } = 10;

    /// <summary>How live orders are compared with their simulated twins.</summary>
    public ParityOptions Parity { get; set; } = new();
}
