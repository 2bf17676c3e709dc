using System.Text.Json;

namespace BtcAgent.Chaos.Tests.Outside;

/// <summary>Divides an account's changes between the agent and other traders, by the venue's records and order ids.</summary>
internal sealed class AccountShares
{
    /// <summary>Prefix of the agent's client ids.</summary>
    public const string AgentPrefix = "ba-";

    private readonly List<(string Name, JsonElement Json)> _own = [];
    private readonly List<JsonElement> _foreign = [];
    private readonly List<JsonElement> _ownTrades;

    /// <param name="orders">All orders of the account.</param>
    /// <param name="firstNames">Original client ids of renamed orders, by venue id.</param>
    /// <param name="trades">All trades of the account.</param>
    public AccountShares(IReadOnlyList<JsonElement> orders, IReadOnlyDictionary<long, string> firstNames, IReadOnlyList<JsonElement> trades)
    {
        foreach (var order in orders)
        {
            if (Stranger.IsHis(order))
            {
                _foreign.Add(order);
            }
            else
            {
                _own.Add((firstNames.GetValueOrDefault(IdOf(order), NameOf(order)), order));
            }
        }

        var ids = _own.Select(o => IdOf(o.Json)).ToHashSet();
        _ownTrades = [.. trades.Where(t => ids.Contains(IdOf(t)))];
        ForeignTrades = trades.Count - _ownTrades.Count;
        Amends = _own.Count(o => firstNames.ContainsKey(IdOf(o.Json)));
    }

    /// <summary>Number of orders in the venue's records for each client id of the agent.</summary>
    public IReadOnlyDictionary<string, int> OwnOrders =>
        _own.GroupBy(o => o.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);

    public IReadOnlyList<JsonElement> Foreign => _foreign;

    public int OwnTrades => _ownTrades.Count;

    public int ForeignTrades { get; }

    public int Amends { get; }

    public int Prevented => _own.Count(o => o.Json.TryGetProperty("preventedQuantity", out _));

    public int ReusedNames => _foreign.Count(o => !IsForeignName(NameOf(o)));

    /// <summary>Fees of the agent's trades, in quote asset.</summary>
    public decimal Fees => _ownTrades.Sum(t => VenueRecords.Amount(t, "commission") * (PaysIn(t) == "BTC" ? VenueRecords.Amount(t, "price") : 1));

    /// <summary>Change of an asset of the pair by the agent's trades.</summary>
    public decimal ChangeOf(string asset) => _ownTrades.Sum(trade =>
    {
        var (gets, gives) = trade.GetProperty("isBuyer").GetBoolean() ? ("BTC", "USDT") : ("USDT", "BTC");
        var amount = asset == gets ? Of(gets) : asset == gives ? -Of(gives) : 0;
        return amount - (PaysIn(trade) == asset ? VenueRecords.Amount(trade, "commission") : 0);

        decimal Of(string one) => VenueRecords.Amount(trade, one == "BTC" ? "qty" : "quoteQty");
    });

    public static bool IsForeignName(string name) => name.StartsWith(Stranger.Prefix, StringComparison.Ordinal);

    public static long IdOf(JsonElement order) => order.GetProperty("orderId").GetInt64();

    public static string NameOf(JsonElement order) => order.GetProperty("clientOrderId").GetString()!;

    private static string PaysIn(JsonElement trade) => trade.GetProperty("commissionAsset").GetString()!;
}
