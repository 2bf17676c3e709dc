using System.Collections.Immutable;
using System.Globalization;
using BtcAgent.Domain.Instruments;

namespace BtcAgent.Research.Backtests;

/// <summary>Puts the lanes of a backtest over bars together to one result.</summary>
internal static class BarResults
{
    /// <summary>A lane that has run.</summary>
    /// <param name="Lane">The lane.</param>
    /// <param name="Source">Description of its bars.</param>
    /// <param name="Bars">Number of its bars.</param>
    internal sealed record Part(BarLane Lane, string Source, int Bars);

    /// <summary>Opens the account of a run.</summary>
    /// <exception cref="ArgumentException">The instruments do not fit into one account.</exception>
    public static BarAccount AccountOf(IReadOnlyList<TradingRules> rules, decimal cash, decimal inventory)
    {
        var names = string.Join(" and ", rules.Select(r => r.Instrument.Key));
        if (rules.GroupBy(r => r.BaseAsset, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"{names} trade the same asset {twice.Key}: run them one after the other");
        }

        if (rules.Any(r => r.QuoteAsset != rules[0].QuoteAsset))
        {
            throw new ArgumentException($"{names} have different quote assets: run them one after the other");
        }

        if (rules.Count > 1 && inventory > 0)
        {
            throw new ArgumentException("an inventory at the start belongs to one instrument: leave --base out, or run them one after the other");
        }

        return new BarAccount(rules[0].QuoteAsset, cash, rules.ToDictionary(r => r.BaseAsset, _ => inventory, StringComparer.Ordinal));
    }

    public static BacktestResult Of(BarAccount account, IReadOnlyList<Part> parts, BarCursor cursor)
    {
        var books = parts.Select(p => p.Lane.Books).ToArray();
        var single = parts.Count == 1;
        return new BacktestResult
        {
            Strategy = string.Join(" · ", parts.Select(p => p.Lane.Strategy).Distinct()),
            Instrument = string.Join(" + ", books.Select(b => b.Rules.Instrument.Key)),
            QuoteAsset = account.QuoteAsset,
            Source = string.Join("; ", parts.Select(p => single ? p.Source : $"{p.Lane.Books.Rules.Instrument}: {p.Source}")),
            Settings = ImmutableSortedDictionary<string, string>.Empty,
            InitialCash = 0,
            InitialBase = single ? books[0].InitialBase : 0,
            FinalCash = account.Cash,
            FinalBase = single ? books[0].Base : 0,
            Fees = books.Sum(b => b.Fees),
            Orders = 0,
            Fills = single ? books[0].Fills : [.. books.SelectMany(b => b.Fills).OrderBy(f => f.EventTime)],
            RoundTrips = single ? books[0].RoundTrips : [.. books.SelectMany(b => b.RoundTrips).OrderBy(t => t.ExitTime)],
            Curve = [.. cursor.Curve],
            Track = cursor.Equity,
            Steps = parts.Sum(p => (long)p.Bars),
            Refusals = Sum(parts.SelectMany(p => p.Lane.Refusals)),
            Instruments = single ? [] : [.. parts.Select(PartOf)],
        };
    }

    public static IEnumerable<KeyValuePair<string, string>> SettingsOf(ExitOptions exits)
    {
        foreach (var (name, value) in new[]
        {
            ("stop-loss", exits.StopLoss), ("take-profit", exits.TakeProfit), ("trailing-stop", exits.TrailingStop),
            ("trailing-offset", exits.TrailingOffset > 0 ? exits.TrailingOffset : null),
        })
        {
            if (value is { } given)
            {
                yield return new(name, string.Create(CultureInfo.InvariantCulture, $"{100 * given:0.########} %"));
            }
        }
    }

    private static InstrumentPart PartOf(Part part)
    {
        var books = part.Lane.Books;
        var trips = books.RoundTrips;
        return new InstrumentPart(
            books.Rules.Instrument.Key,
            part.Source,
            part.Bars,
            books.Count,
            trips.Length,
            trips.Count(t => t.NetPnl > 0),
            trips.Sum(t => t.GrossPnl),
            books.Fees,
            trips.Sum(t => t.NetPnl),
            Sum(part.Lane.Refusals));
    }

    private static ImmutableSortedDictionary<string, int> Sum(IEnumerable<KeyValuePair<string, int>> refusals) =>
        refusals.GroupBy(r => r.Key, r => r.Value).ToImmutableSortedDictionary(g => g.Key, g => g.Sum(), StringComparer.Ordinal);
}
