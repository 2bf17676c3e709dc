using System.Net;
using System.Text.Json;
using BtcAgent.Exchanges.Simulator.Accounts;
using BtcAgent.Exchanges.Simulator.Faults;
using BtcAgent.Exchanges.Simulator.Protocol;
using BtcAgent.Exchanges.Simulator.Settings;

namespace BtcAgent.Exchanges.Simulator.Orders;

/// <summary>The signed functions under their WebSocket API names; REST maps its endpoints to them.</summary>
internal sealed class TradingApi(
    OrderDesk desk,
    IReadOnlyDictionary<string, VenueAccount> accounts,
    SimulatorOptions options,
    OrderMeter orders,
    VenueFaults faults,
    Lock gate,
    TimeProvider time)
{
    private const int RecvWindowMax = 60_000;
    private const int ClockAheadMax = 1_000;
    private static readonly TimeSpan DelayedBy = TimeSpan.FromMilliseconds(300);
    private readonly TradingFunctions _functions = new(desk, options);

    public OrderMeter Orders => orders;

    public long NowMs => (time.GetUtcNow() + faults.ClockOffset).ToUnixTimeMilliseconds();

    /// <summary>Answers a request; the answer includes its fate.</summary>
    public async Task<ApiAnswer> HandleAsync(
        string method, ApiParameters parameters, string? apiKey, IPAddress? from, CancellationToken cancellationToken)
    {
        var answer = await AnswerAsync(method, parameters, apiKey, cancellationToken);
        var clientId = parameters.Find("newClientOrderId") ?? parameters.Find("origClientOrderId") ?? "";
        faults.OnRequest?.Invoke(new VenueRequest(from, method, clientId, answer.Status));
        return answer;
    }

    private async Task<ApiAnswer> AnswerAsync(string method, ApiParameters parameters, string? apiKey, CancellationToken cancellationToken)
    {
        var isCancel = method is "order.cancel" or "openOrders.cancelAll" or "orderList.cancel";
        var isPlace = method is "order.place" or "order.cancelReplace" or "orderList.place.oco" or "orderList.place.oto";
        var clientId = parameters.Find(isCancel ? "origClientOrderId" : "newClientOrderId") ?? "";
        try
        {
            var account = Authenticate(parameters, apiKey);
            if (await faults.WaitWhileHeldAsync(cancellationToken))
            {
                Authenticate(parameters, apiKey); // The receive window is checked again when the matching engine accepts it.
            }

            if (isPlace && !orders.TryAdd(account.ApiKey))
            {
                throw new VenueException(new(429, -1015, $"Too many new orders; current limit is {orders.OrdersMax} orders per 10 SECOND."));
            }

            Step(isCancel, isPlace, OrderStep.CancelReceived, OrderStep.Received, clientId);
            var fault = isCancel || isPlace ? faults.Next() : null;
            if (Before(fault, isCancel, account, parameters) is { } early)
            {
                return early;
            }

            byte[] result;
            lock (gate)
            {
                result = _functions.Run(method, account, parameters, NowMs);
            }

            Step(isCancel, isPlace, OrderStep.CancelDone, OrderStep.Accepted, clientId);
            if (fault == FaultKind.Delay)
            {
                await Task.Delay(DelayedBy, time, cancellationToken);
            }

            return After(fault) ?? new ApiAnswer(200, result);
        }
        catch (PartialFailureException e)
        {
            return new ApiAnswer(e.Error.Status, null, e.Error, e.Data);
        }
        catch (VenueException e)
        {
            return new ApiAnswer(e.Error.Status, null, e.Error, RetryAfterSeconds: e.Error.Status == 429 ? 10 : null);
        }
    }

    public VenueAccount Authenticate(ApiParameters parameters, string? apiKey)
    {
        if (apiKey is null || !accounts.TryGetValue(apiKey, out var account))
        {
            throw new VenueException(apiKey is null
                ? new(401, -2014, "API-key format invalid.")
                : new(401, -2015, "Invalid API-key, IP, or permissions for action."));
        }

        var signature = parameters.Required("signature");
        if (!account.IsSignedBy(parameters.SignedPayload, signature))
        {
            throw new VenueException(new(400, -1022, "Signature for this request is not valid."));
        }

        var sent = parameters.Number("timestamp") ?? throw new VenueException(VenueError.Missing("timestamp"));
        var window = parameters.Number("recvWindow") ?? 5_000;
        if (window > RecvWindowMax)
        {
            throw new VenueException(new(400, -1131, "recvWindow must be less than 60000."));
        }

        if (sent >= NowMs + ClockAheadMax)
        {
            throw new VenueException(new(400, -1021, "Timestamp for this request was 1000ms ahead of the server's time."));
        }

        return NowMs - sent <= window
            ? account
            : throw new VenueException(new(400, -1021, "Timestamp for this request is outside of the recvWindow."));
    }

    private void Step(bool isCancel, bool isPlace, OrderStep ofCancel, OrderStep ofPlace, string clientId)
    {
        if (isCancel || isPlace)
        {
            faults.OnStep?.Invoke(isCancel ? ofCancel : ofPlace, clientId);
        }
    }

    private ApiAnswer? Before(FaultKind? fault, bool isCancel, VenueAccount account, ApiParameters parameters)
    {
        switch (fault)
        {
            case FaultKind.TimeOutBefore:
                return new(0, null, Fate: AnswerFate.Swallowed);
            case FaultKind.DropBefore:
                return new(0, null, Fate: AnswerFate.ConnectionCut);
            case FaultKind.ErrorBefore:
                return new(503, null, new(503, -1008, "Server is currently overloaded with other requests. Please try again in a few minutes."));
            case FaultKind.TooManyRequests:
                return new(429, null, VenueError.TooManyRequests, RetryAfterSeconds: 1);
            case FaultKind.Banned:
                return new(418, null, new(418, -1003, "Way too much request weight used; IP banned until later. Please use WebSocket Streams for live updates to avoid bans."), RetryAfterSeconds: 2);
            case FaultKind.FillBeforeCancel when isCancel:
                lock (gate)
                {
                    var order = parameters.Number("orderId") is { } id ? account.Orders.GetValueOrDefault(id)
                        : parameters.Find("origClientOrderId") is { } name ? account.Find(parameters.Required("symbol"), name) : null;
                    if (order is { IsOpen: true })
                    {
                        desk.ForceFill(order);
                    }
                }

                return null;
            default:
                return null;
        }
    }

    private static ApiAnswer? After(FaultKind? fault) => fault switch
    {
        FaultKind.TimeOutAfter => new(0, null, Fate: AnswerFate.Swallowed),
        FaultKind.DropAfter => new(0, null, Fate: AnswerFate.ConnectionCut),
        FaultKind.ErrorAfter => new(503, null, new(503, -1006, "An unexpected response was received from the message bus. Execution status unknown.")),
        _ => null,
    };

    /// <summary>One half of a replacement succeeded: the error carries the results of both halves.</summary>
    internal sealed class PartialFailureException(VenueError error, byte[] data) : Exception(error.Message)
    {
        public VenueError Error => error;

        public new byte[] Data => data;
    }

    internal static byte[] Json(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            write(json);
        }

        return stream.ToArray();
    }
}
