using System.ComponentModel.DataAnnotations;
using BtcAgent.Domain.Execution.Twins;
using BtcAgent.Domain.Execution.Venue;
using Microsoft.Extensions.Options;

namespace BtcAgent.Grains.Execution;

/// <summary>Timing and limits of the agreement with a real venue. Section <c>Execution</c>.</summary>
public sealed class LiveOptions
{
    public const string Section = "Execution";

    /// <summary>
    /// Time between comparisons with the venue's records while nothing is in doubt, in seconds, 1…3,600. Default 30.
    /// </summary>
    [Range(1.0, 3_600.0)]
    public double ReconcileEverySeconds { get; set; } = 30;

    /// <inheritdoc cref="ReconcileEverySeconds"/>
    public TimeSpan ReconcileEvery => TimeSpan.FromSeconds(ReconcileEverySeconds);

    /// <summary>
    /// First pause after a comparison that left doubts, in milliseconds, 10…60,000. Default 100; doubles up to a
    /// hundredfold or 5 s.
    /// </summary>
    [Range(10, 60_000)]
    public int RetryMs { get; set; } = 100;

    /// <inheritdoc cref="RetryMs"/>
    public TimeSpan FirstRetry => TimeSpan.FromMilliseconds(RetryMs);

    /// <summary>
    /// Complete comparisons that still leave a doubt before the portfolio is halted, 2…1,000. Default 20. They are spread
    /// over at least the venue's request lifetime.
    /// </summary>
    [Range(2, 1_000)]
    public int UnsettledMax { get; set; } = 20;

    /// <summary>
    /// Delay between a report that leaves a question and its query, in milliseconds, 0…60,000. Default 300: most questions
    /// resolve themselves.
    /// </summary>
    [Range(0, 60_000)]
    public int QuestionDelayMs { get; set; } = 300;

    /// <inheritdoc cref="QuestionDelayMs"/>
    public TimeSpan QuestionDelay => TimeSpan.FromMilliseconds(QuestionDelayMs);

    /// <summary>
    /// Longest time from an order's decision until it is sent, in milliseconds, 100…10,000, at most the venue's request
    /// lifetime. Default 2,000. An order that waited longer, for a store or a connection, is never sent. Replays have no
    /// such limit.
    /// </summary>
    [Range(100, 10_000)]
    public int IntentLifetimeMs { get; set; } = 2_000;

    /// <inheritdoc cref="IntentLifetimeMs"/>
    public TimeSpan IntentLifetime => TimeSpan.FromMilliseconds(IntentLifetimeMs);

    /// <summary>Difference between books and venue below which it is dust, in quote asset. Default 0.01.</summary>
    [Range(0.0, 1_000.0)]
    public decimal DustQuote { get; set; } = 0.01m;

    /// <summary>
    /// Distance below the market of a stop order that rests at the venue and sells the position if this agent stops, in
    /// basis points. Default null: none. It follows the position at each comparison.
    /// </summary>
    [Range(10.0, 5_000.0)]
    public decimal? ProtectiveStopBps { get; set; }

    /// <summary>
    /// Time that the venue's answers count in <c>ERROR_RATE</c> and <c>REJECT_RATE</c>, in minutes, 1…1,440; at most the
    /// newest 50. Default 10.
    /// </summary>
    [Range(1.0, 1_440.0)]
    public double AnswerWindowMinutes { get; set; } = 10;

    /// <inheritdoc cref="AnswerWindowMinutes"/>
    public TimeSpan AnswerWindow => TimeSpan.FromMinutes(AnswerWindowMinutes);

    /// <summary>Answers in the window that the rates need, 1…50. Default 10.</summary>
    [Range(1, AnswerRates.AnswersMax)]
    public int AnswersMin { get; set; } = 10;

    /// <summary>Comparison of live orders with their simulated twins.</summary>
    [ValidateObjectMembers]
    public TwinOptions Parity { get; set; } = new();
}
