using System.Globalization;
using System.Text;

namespace BtcAgent.Exchanges.Binance.Execution.Signing;

/// <summary>
/// Parameters of one request. REST sends them in this order; the WebSocket API signs them sorted by name.
/// </summary>
public sealed class RequestParameters
{
    private readonly List<KeyValuePair<string, string>> _values = [];

    public IReadOnlyList<KeyValuePair<string, string>> Values => _values;

    public RequestParameters With(string name, string value)
    {
        _values.Add(new(name, value));
        return this;
    }

    public RequestParameters With(string name, long value) => With(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Percent-encoded as in a URL, the form that REST signs.</summary>
    public string ToQuery() => string.Join('&', _values.Select(v => $"{v.Key}={Uri.EscapeDataString(v.Value)}"));

    /// <summary>Sorted by name and not encoded, the form that the WebSocket API signs.</summary>
    public string ToSortedPayload()
    {
        var text = new StringBuilder();
        foreach (var (name, value) in _values.OrderBy(v => v.Key, StringComparer.Ordinal))
        {
            text.Append(text.Length > 0 ? "&" : "").Append(name).Append('=').Append(value);
        }

        return text.ToString();
    }
}
