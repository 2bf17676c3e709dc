namespace BtcAgent.Client.Access;

/// <summary>Kinds of callers that an endpoint accepts.</summary>
public enum RouteCallers
{
    /// <summary>Everybody, without a key.</summary>
    Anyone,

    /// <summary>Holders of the metrics token, and of keys for the whole agent.</summary>
    MetricsReaders,

    /// <summary>Holders of a key with at least the endpoint's role.</summary>
    KeyHolders,
}
