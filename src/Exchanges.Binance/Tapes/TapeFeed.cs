using BtcAgent.Domain.Instruments;
using BtcAgent.Exchanges.Binance.Frames;
using Microsoft.Extensions.Options;

namespace BtcAgent.Exchanges.Binance.Tapes;

/// <summary>
/// Plays tapes through the live parser in order of receive time; <see cref="RunAsync"/> returns when they end. Snapshots
/// contain no symbol and are attributed to the tape's instrument.
/// </summary>
public sealed class TapeFeed(IOptions<TapeOptions> options, TimeProvider time) : IMarketFeed
{
    /// <summary>Delivers a batch after this many events, however close together they are.</summary>
    public const int FlushEvents = 256;

    /// <summary>Shorter waits are not worth a timer; the next longer one makes up for them.</summary>
    private static readonly TimeSpan WaitMin = TimeSpan.FromMilliseconds(1);

    private readonly TapeOptions _options = options.Value;

    /// <summary>Counts of the events that the last run has played.</summary>
    public TapeStatistics Statistics { get; private set; } = new();

    public bool IsRecorded => true;

    public Task<TradingRules> GetTradingRulesAsync(InstrumentId instrument, CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult(new TradingRules
            {
                Instrument = instrument,
                BaseAsset = _options.BaseAsset ?? BaseOf(instrument),
                QuoteAsset = _options.QuoteAsset,
                TickSize = Price.FromDecimal(_options.TickSize),
                LotSize = Quantity.FromDecimal(_options.LotSize),
                MinQuantity = Quantity.FromDecimal(_options.LotSize),
                MaxQuantity = Quantity.FromDecimal(_options.MaxQuantity),
                MinNotional = _options.MinNotional,
            });
        }
        catch (ArgumentOutOfRangeException problem)
        {
            throw new MarketFeedException($"the trading rules of the tape are invalid: {problem.Message} "
                + "Correct Tape:TickSize, Tape:LotSize and Tape:MaxQuantity", problem);
        }
    }

    private string BaseOf(InstrumentId instrument) =>
        instrument.Symbol.Length > _options.QuoteAsset.Length && instrument.Symbol.EndsWith(_options.QuoteAsset, StringComparison.Ordinal)
            ? instrument.Symbol[..^_options.QuoteAsset.Length]
            : throw new MarketFeedException($"{instrument.Symbol} does not end with its quote asset {_options.QuoteAsset}: set Tape:QuoteAsset and Tape:BaseAsset");

    /// <exception cref="MarketFeedException">A file is absent, not a tape, tallies of posts or notices of releases, or out of order.</exception>
    public async Task RunAsync(InstrumentId instrument, IMarketEventSink sink, CancellationToken cancellationToken)
    {
        var merge = new InjectedMerge([
            .. _options.SentimentFile is { Length: > 0 } posts ? SentimentFile.Read(posts) : [],
            .. _options.CalendarFile is { Length: > 0 } releases ? CalendarFile.Read(releases) : []]);
        using var reader = new TapeReader([.. _options.Paths], sink.Refuse);
        var statistics = Statistics = new TapeStatistics();
        var parser = new BinanceFrameParser(instrument.Symbol);
        var pace = new TapePace(_options.Speed, time);
        TimeSpan? shift = null;
        long sequence = 0;
        var unflushed = 0;
        while (reader.TryRead(out var receiveTime, out var frame))
        {
            // Parsed before the wait: the reader reuses the frame's buffer, but the event and its levels are ours.
            var outcome = parser.Parse(frame, receiveTime, sequence + 1, out var marketEvent);
            statistics.Count(outcome, marketEvent.Kind);
            var wait = pace.WaitFor(receiveTime);
            if (wait >= WaitMin || unflushed >= FlushEvents)
            {
                await sink.FlushAsync(cancellationToken);
                unflushed = 0;
                cancellationToken.ThrowIfCancellationRequested();
                if (wait >= WaitMin)
                {
                    await Task.Delay(wait, time, cancellationToken);
                }
            }

            if (outcome == FrameOutcome.Event)
            {
                shift ??= _options.AsIfNow ? Timestamp.FromDateTimeOffset(time.GetUtcNow()) - receiveTime : TimeSpan.Zero;
                while (merge.TryTake(receiveTime, out var known))
                {
                    var values = new PriceLevel[known.LevelCount];
                    known.Write(values);
                    sink.Accept(Shift(known.ToEvent(++sequence, known.KnownAt), shift.Value), values);
                    if (++unflushed >= FlushEvents)
                    {
                        await sink.FlushAsync(cancellationToken);
                        unflushed = 0;
                    }
                }

                sequence++;
                unflushed++;
                sink.Accept(Shift(marketEvent with { Sequence = sequence }, shift.Value), parser.Levels);
            }
            else if (outcome >= FrameOutcome.Unknown)
            {
                sink.Refuse($"tape {reader.Position}: {parser.Reason}");
            }
        }

        statistics.TakeFrom(reader);
        await sink.FlushAsync(cancellationToken);
    }

    private static MarketEvent Shift(in MarketEvent marketEvent, TimeSpan shift) => marketEvent with
    {
        EventTime = marketEvent.EventTime.IsKnown ? marketEvent.EventTime + shift : Timestamp.Unknown,
        ReceiveTime = marketEvent.ReceiveTime + shift,
    };
}
