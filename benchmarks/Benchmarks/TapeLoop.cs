using System.Collections.Immutable;
using BtcAgent.Domain;
using BtcAgent.Domain.MarketData;
using BtcAgent.Exchanges.Binance.Tapes;

namespace BtcAgent.Benchmarks;

/// <summary>The events of a tape over and over, under one instrument's name and with sequence numbers of their own.</summary>
internal sealed class TapeLoop(DecodedTape tape, InstrumentId instrument)
{
    public const long Epoch = 1;

    private int _next;

    public InstrumentId Instrument => instrument;

    /// <summary>Of the last event that was given.</summary>
    public long Sequence { get; private set; }

    public MarketDataBatch Next(int count)
    {
        var events = ImmutableArray.CreateBuilder<MarketEvent>(count);
        var levels = ImmutableArray.CreateBuilder<PriceLevel>();
        for (var i = 0; i < count; i++)
        {
            var marketEvent = tape.Events[_next];
            events.Add(marketEvent with { LevelsStart = levels.Count, Sequence = ++Sequence });
            levels.AddRange(tape.LevelsOf(marketEvent));
            _next = (_next + 1) % tape.Events.Length;
        }

        return new MarketDataBatch(
            instrument, Epoch, events.MoveToImmutable(), levels.DrainToImmutable(), Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow()));
    }
}
