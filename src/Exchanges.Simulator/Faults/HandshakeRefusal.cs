namespace BtcAgent.Exchanges.Simulator.Faults;

/// <summary>The answer to a refused WebSocket handshake.</summary>
/// <param name="Status">HTTP status, such as 429 or 418.</param>
/// <param name="RetryAfterSeconds">Value of <c>Retry-After</c>; null omits the header.</param>
public readonly record struct HandshakeRefusal(int Status, int? RetryAfterSeconds);
