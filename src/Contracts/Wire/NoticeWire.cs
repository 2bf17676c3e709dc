using System.Collections.Immutable;
using BtcAgent.Contracts.Wire.V1;
using BtcAgent.Domain.MarketData;
using Notice = BtcAgent.Domain.Economy.CalendarNotice;
using WireEvent = BtcAgent.Contracts.Wire.V1.MarketEvent;

namespace BtcAgent.Contracts.Wire;

/// <summary>Converts notices of economic releases to and from <c>Protos/market_data.proto</c>.</summary>
internal static class NoticeWire
{
    public static CalendarNotice ToWire(in Notice notice)
    {
        var wire = new CalendarNotice
        {
            KnownAt = notice.KnownAt.UnixNanoseconds,
            LastRelease = notice.LastRelease.UnixNanoseconds,
            NextRelease = notice.NextRelease.UnixNanoseconds,
        };
        if (notice.Surprise is { } surprise)
        {
            wire.Surprise = surprise;
        }

        return wire;
    }

    /// <summary>Adds the values of a notice where other events have price levels.</summary>
    /// <returns>The levels added.</returns>
    /// <exception cref="FormatException">There is no notice, or no source can have made it; the message gives the reason.</exception>
    public static int AddTo(ImmutableArray<PriceLevel>.Builder levels, WireEvent wire)
    {
        if (wire.Calendar is not { } sent || wire.FirstId != wire.LastId || wire.EventTime != 0 || wire.BidPrices.Count + wire.BidQuantities.Count + wire.AskPrices.Count + wire.AskQuantities.Count > 0)
        {
            throw new FormatException($"event {wire.Sequence} is not a notice of the calendar: expected one number, times, no venue time and no levels");
        }

        var notice = new Notice
        {
            Number = wire.LastId,
            KnownAt = new Timestamp(sent.KnownAt),
            LastRelease = new Timestamp(sent.LastRelease),
            NextRelease = new Timestamp(sent.NextRelease),
            Surprise = sent.HasSurprise ? sent.Surprise : null,
        };
        var problem = sent.KnownAt > wire.ReceiveTime ? $"known_at {sent.KnownAt} is after its receive_time {wire.ReceiveTime}" : notice.Problem();
        if (problem is not null)
        {
            throw new FormatException($"event {wire.Sequence}, a notice of the calendar: {problem}");
        }

        Span<PriceLevel> room = stackalloc PriceLevel[Notice.LevelCount];
        var written = notice.Write(room);
        levels.AddRange(written);
        return written.Length;
    }
}
