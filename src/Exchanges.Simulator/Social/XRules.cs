using System.Globalization;

namespace BtcAgent.Exchanges.Simulator.Social;

/// <summary>The rules of the stream. Safe for several threads.</summary>
public sealed class XRules
{
    /// <summary>Most rules of an app. Source: X, "Build a rule", pay-per-use.</summary>
    internal const int CountMax = 1_000;

    private readonly Lock _lock = new();
    private readonly List<(XStreamRule Rule, Func<XStoredPost, bool> Matches)> _rules = [];
    private long _lastId = 1_000_000_000_000;

    /// <summary>The rules now.</summary>
    public IReadOnlyList<XStreamRule> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _rules.Select(rule => rule.Rule)];
            }
        }
    }

    /// <summary>Adds a rule; null when the query is there already.</summary>
    /// <exception cref="FormatException">The query is not understood.</exception>
    public XStreamRule? Add(string value, string tag)
    {
        var matches = XQuery.Parse(value);
        lock (_lock)
        {
            if (_rules.Any(rule => rule.Rule.Value == value))
            {
                return null;
            }

            var added = new XStreamRule((++_lastId).ToString(CultureInfo.InvariantCulture), tag, value);
            _rules.Add((added, matches));
            return added;
        }
    }

    /// <returns>Whether it was there.</returns>
    public bool Delete(string id)
    {
        lock (_lock)
        {
            return _rules.RemoveAll(rule => rule.Rule.Id == id) > 0;
        }
    }

    internal List<XStreamRule> Matching(XStoredPost post)
    {
        lock (_lock)
        {
            return [.. _rules.Where(rule => rule.Matches(post)).Select(rule => rule.Rule)];
        }
    }
}
