namespace BtcAgent.Client.Access;

/// <summary>Where an endpoint finds the portfolio that a request is about; keys can be limited to portfolios.</summary>
public enum RouteScope
{
    /// <summary>Not about a portfolio: market data, rules, the caller itself.</summary>
    Shared,

    /// <summary>The agent as a whole: closed to keys that are limited to portfolios.</summary>
    WholeAgent,

    /// <summary>In the path, as <c>{id}</c>.</summary>
    Path,

    /// <summary>In the query, as <c>portfolio</c>; without it the endpoint answers for the key's portfolios only.</summary>
    Query,

    /// <summary>In the body: the endpoint compares it with the key's portfolios before it acts.</summary>
    Body,

    /// <summary>The answer contains the key's portfolios only.</summary>
    Filtered,
}
