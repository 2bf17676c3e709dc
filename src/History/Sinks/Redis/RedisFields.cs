using System.Globalization;
using System.Text;
using Google.Protobuf.Collections;
using StackExchange.Redis;

namespace BtcAgent.History.Sinks.Redis;

/// <summary>Names and values of an entry or of a hash, in order. Values that are not known are left out.</summary>
internal sealed class RedisFields
{
    private const decimal UnitsPerWhole = 100_000_000m;

    private readonly List<(string Name, RedisValue Value)> _fields = [];

    public IReadOnlyList<(string Name, RedisValue Value)> All => _fields;

    public RedisFields Add(string name, string? value)
    {
        if (value is not null)
        {
            _fields.Add((name, value));
        }

        return this;
    }

    public RedisFields Add(string name, long value)
    {
        _fields.Add((name, value));
        return this;
    }

    /// <summary>Adds "1" or "0".</summary>
    public RedisFields Add(string name, bool value) => Add(name, value ? 1 : 0);

    public RedisFields Add(string name, double value) => Add(name, value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>Adds the decimal text, and the exact integer of 1e-8 as <c>name_e8</c>.</summary>
    public RedisFields AddUnits(string name, long units) =>
        Add(name, (units / UnitsPerWhole).ToString(CultureInfo.InvariantCulture)).Add($"{name}_e8", units);

    /// <summary>Adds levels as JSON <c>[[price, quantity], …]</c>: as text, and as integers of 1e-8 in <c>name_e8</c>.</summary>
    public RedisFields AddLevels(string name, RepeatedField<long> prices, RepeatedField<long> quantities)
    {
        var text = new StringBuilder("[");
        var units = new StringBuilder("[");
        for (var i = 0; i < Math.Min(prices.Count, quantities.Count); i++)
        {
            var comma = i == 0 ? "" : ",";
            text.Append(CultureInfo.InvariantCulture, $"{comma}[\"{prices[i] / UnitsPerWhole}\",\"{quantities[i] / UnitsPerWhole}\"]");
            units.Append(CultureInfo.InvariantCulture, $"{comma}[{prices[i]},{quantities[i]}]");
        }

        return Add(name, text.Append(']').ToString()).Add($"{name}_e8", units.Append(']').ToString());
    }

    /// <summary>"buy", "sell", or nothing.</summary>
    public RedisFields AddSide(string name, Contracts.Wire.V1.Side side) => Add(name, side switch
    {
        Contracts.Wire.V1.Side.Buy => "buy",
        Contracts.Wire.V1.Side.Sell => "sell",
        _ => null,
    });
}
