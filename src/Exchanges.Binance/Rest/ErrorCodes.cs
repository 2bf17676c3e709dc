using System.Collections.Frozen;
using static BtcAgent.Domain.Execution.Venue.VenueOutcome;

namespace BtcAgent.Exchanges.Binance.Rest;

/// <summary>
/// Binance's error codes and how the agent reacts to each. Source: Binance spot documentation, "Error codes" and
/// "General information": HTTP 5xx and −1006/−1007 leave the outcome unknown.
/// </summary>
public static class ErrorCodes
{
    public const int Disconnected = -1001;
    public const int TooManyRequests = -1003;
    public const int UnexpectedResponse = -1006;
    public const int Timeout = -1007;
    public const int FilterFailure = -1013;
    public const int TooManyOrders = -1015;
    public const int BadTimestamp = -1021;
    public const int NewOrderRejected = -2010;
    public const int CancelRejected = -2011;
    public const int NoSuchOrder = -2013;
    public const int NoReferencePrice = -2043;

    private const string Ours = "a defect of this agent: report it";
    private const string Keys = "check the API key, its permissions and its allowed addresses";

    private static readonly FrozenDictionary<int, ErrorMeaning> Known = new Dictionary<int, ErrorMeaning>
    {
        [-1000] = new(Unknown, "the venue does not know the outcome: querying its records"),
        [Disconnected] = new(Unknown, "the venue lost its internal connection: querying its records"),
        [-1002] = new(Halt, Keys),
        [TooManyRequests] = new(NotNow, "too many requests: sending pauses"),
        [-1004] = new(NotNow, "the venue is busy: retried later"),
        [UnexpectedResponse] = new(Unknown, "the venue does not know the outcome: querying its records"),
        [Timeout] = new(Unknown, "the venue timed out internally: querying its records"),
        [-1008] = new(NotNow, "the venue sheds load: retried later"),
        [FilterFailure] = new(Refused, "an exchange filter: read exchangeInfo again"),
        [-1014] = new(Refused, Ours),
        [TooManyOrders] = new(NotNow, "too many orders: order sending pauses"),
        [-1016] = new(Halt, "the venue has shut this service: watch its announcements"),
        [-1020] = new(Refused, Ours),
        [BadTimestamp] = new(NotNow, "our clock differs from the venue's: measuring the offset again"),
        [-1022] = new(Halt, "the signature is wrong: the secret does not belong to the API key"),
        [-1033] = new(Refused, "comparison id is in use"),
        [-1034] = new(NotNow, "too many connections: retried later"),
        [-1099] = new(Halt, Keys),
        [-1108] = new(Refused, "the account has no such asset"),
        [-1121] = new(Refused, "the venue does not list the instrument"),
        [-2008] = new(Halt, Keys),
        [NewOrderRejected] = new(Refused, "the order was rejected: see the reason"),
        [CancelRejected] = new(Refused, "nothing to cancel: the order has ended; querying how"),
        [NoSuchOrder] = new(Refused, "the venue has no such order"),
        [-2014] = new(Halt, Keys),
        [-2015] = new(Halt, Keys),
        [-2016] = new(Refused, "the instrument does not trade"),
        [-2021] = new(Unknown, "only one half succeeded: querying the venue's records"),
        [-2022] = new(Refused, "both halves failed"),
        [-2024] = new(Refused, "the account lacks the balance"),
        [-2026] = new(Refused, "the order was archived: it ended without a fill more than 90 days ago"),
        [-2035] = new(Refused, "user data is subscribed to already"),
        [-2036] = new(Refused, "no such subscription"),
        [-2038] = new(Refused, "the order cannot be amended"),
        [-2039] = new(Refused, "order ids of two different orders were given"),
        [-2042] = new(Refused, Ours),
        [NoReferencePrice] = new(Refused, "the symbol has no reference price"),
    }.ToFrozenDictionary();

    /// <summary>The codes with their own meaning; all others are classified by range.</summary>
    public static IEnumerable<int> All => Known.Keys;

    /// <param name="status">HTTP status of the answer.</param>
    /// <param name="code">The venue's code; zero when the body contained none.</param>
    public static ErrorMeaning MeaningOf(int status, int code) => (status, code) switch
    {
        (429 or 418, _) => new(NotNow, "too many requests: sending pauses until the venue allows it"),
        (403, _) => new(NotNow, "the venue's firewall blocks us: send fewer requests, or use another address"),
        (451, _) => new(Halt, "the venue does not serve this location"),
        _ when Known.TryGetValue(code, out var meaning) => meaning,
        ( >= 500, _) => new(Unknown, "the venue has a failure: querying its records"),
        (_, <= -1100 and > -1200) => new(Refused, Ours),
        (_, <= -2000 and > -3000) => new(Refused, "the venue refused: see the reason"),
        (_, 0) => new(Unknown, "the answer is not from the venue, but perhaps from a proxy"),
        _ => new(Unknown, "an unknown error code: querying the venue's records"),
    };
}
