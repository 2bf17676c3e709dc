using System.Globalization;
using System.Text;

namespace BtcAgent.Domain;

/// <summary>
/// Identifies one decision: a 64-bit hash of portfolio, strategy, instrument and sampling instant, written as 16
/// hexadecimal digits. The same sample always gives the same id, so that a repeated decision is recognised.
/// </summary>
[GenerateSerializer, Immutable, Alias("DecisionId")]
public readonly record struct DecisionId([property: Id(0)] string Text)
{
    /// <summary>Prefix of the client ids of all orders that an agent places.</summary>
    public const string OwnOrders = "ba-";

    public static DecisionId From(string portfolio, string strategy, InstrumentId instrument, Timestamp eventTime)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{portfolio}|{strategy}|{instrument.Key}|{eventTime.UnixNanoseconds}");
        var hash = Fnv1a.Hash(Encoding.UTF8.GetBytes(text));

        // FNV leaves the differences of the last characters in the low bits; this mixes them into all bits.
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53;
        return new DecisionId((hash ^ (hash >> 33)).ToString("x16", CultureInfo.InvariantCulture));
    }

    /// <summary>Client order id of the given attempt (0, 1, …): at most 36 characters of Binance's alphabet.</summary>
    public string ClientOrderId(int attempt) => string.Create(CultureInfo.InvariantCulture, $"{OwnOrders}{Text}-{attempt}");

    /// <summary>Whether an agent placed the order of this client id.</summary>
    public static bool IsOwn(string clientOrderId) => clientOrderId.StartsWith(OwnOrders, StringComparison.Ordinal);

    public override string ToString() => Text;
}
