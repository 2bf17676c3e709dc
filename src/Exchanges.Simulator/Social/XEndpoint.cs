namespace BtcAgent.Exchanges.Simulator.Social;

/// <summary>Endpoints of X that the simulation has.</summary>
public enum XEndpoint
{
    /// <summary><c>GET /2/tweets/search/stream</c>.</summary>
    Stream,

    /// <summary><c>GET</c> and <c>POST /2/tweets/search/stream/rules</c>.</summary>
    Rules,

    /// <summary><c>GET /2/tweets/search/recent</c>.</summary>
    Search,

    /// <summary><c>GET /2/tweets/counts/recent</c>.</summary>
    Counts,

    /// <summary><c>GET /2/tweets</c>.</summary>
    Lookup,
}
