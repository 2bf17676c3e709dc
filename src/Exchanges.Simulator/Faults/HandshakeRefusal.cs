namespace BtcAgent.Exchanges.Simulator.Faults;

/// <summary>How a WebSocket handshake is refused.</summary>
/// <param name="Status">HTTP status, such as 429 or 418.</param>
/// <param name="RetryAfterSeconds">Value of <c>Retry-After</c>; null sends none.</param>
public readonly record struct HandshakeRefusal(int Status, int? RetryAfterSeconds);
