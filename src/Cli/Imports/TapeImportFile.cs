using BtcAgent.Domain.Facts;
using BtcAgent.Domain.MarketData;
using BtcAgent.Exchanges.Binance.Tapes;
using BtcAgent.History.Imports;

namespace BtcAgent.Cli.Imports;

/// <summary>The trades and quotes of a tape.</summary>
internal sealed class TapeImportFile(string path, InstrumentId instrument) : IImportFile
{
    public string Path => path;

    public ImportFormat Format => ImportFormat.Tape;

    public FactTopic Topic => FactTopic.MarketData;

    public string SourcePrefix => ImportSources.Tape;

    public IReadOnlyCollection<string> OtherSources => [ImportSources.AggTrades];

    public string Options => "";

    public bool HasManyIntervals => false;

    public string LineName => "line";

    public IEnumerable<ImportRow> Read(bool withMessages, Action<string> remark)
    {
        using var tape = new TapeEvents(instrument, [path]);
        while (tape.TryRead(out var one))
        {
            if (one.Kind is MarketEventKind.Trade or MarketEventKind.Quote)
            {
                // The history files a quote without a venue time under its receive time.
                var time = one.EventTime.IsKnown ? one.EventTime : one.ReceiveTime;
                yield return new ImportRow(one.Kind == MarketEventKind.Trade ? RowKind.Trade : RowKind.Quote, tape.Line, one.LastId, one.LastId, time)
                {
                    Message = withMessages ? ImportMessages.Event(one with { Sequence = tape.Line }) : null,
                };
            }
        }

        if (tape.WhyUseless(foreignSnapshots: 0) is { } why)
        {
            throw new MarketFeedException($"{path}: {why}");
        }

        foreach (var problem in tape.Problems())
        {
            remark(problem);
        }

        var (counts, book) = (tape.Statistics, tape.Statistics.BookDeltas + tape.Statistics.BookSnapshots);
        if (counts.OtherSymbols > 0)
        {
            remark(FormattableString.Invariant($"{counts.OtherSymbols} frames of other symbols are left out"));
        }

        if (book > 0)
        {
            remark(FormattableString.Invariant($"{book} book updates are left out: the history has the rebuilt book only, keep the tape"));
        }
    }
}
