using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using BtcAgent.Chaos.Tests.Outside;
using BtcAgent.Exchanges.Simulator;
using BtcAgent.Exchanges.Simulator.Faults;
using BtcAgent.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace BtcAgent.Chaos.Tests;

/// <summary>
/// Orders against a venue that misbehaves, with kills of the agent, stalls of its dependencies, and another trader in
/// its account; then the venue's records are compared with the agent's books. The seed determines orders, faults, kills, stalls
/// and the stranger's acts, but not their scheduling.
/// </summary>
internal sealed partial class ChaosDrill(DrillOptions options, Action<string> report) : IAsyncDisposable
{
    /// <summary>Orders requested in one stall; a stalled venue would keep refusing them.</summary>
    private const int StalledOrdersMax = 5;

    /// <summary>The stranger has his own address, because the venue counts requests by address.</summary>
    private static readonly IPAddress Elsewhere = IPAddress.Parse("127.0.0.2");

    private static readonly TimeSpan RetryEvery = TimeSpan.FromMilliseconds(10);

    private static readonly IReadOnlyDictionary<FaultKind, double> Rates = new Dictionary<FaultKind, double>
    {
        [FaultKind.TimeOutBefore] = 0.004,
        [FaultKind.TimeOutAfter] = 0.006,
        [FaultKind.ErrorBefore] = 0.005,
        [FaultKind.ErrorAfter] = 0.006,
        [FaultKind.DropBefore] = 0.003,
        [FaultKind.DropAfter] = 0.004,
        [FaultKind.FillBeforeCancel] = 0.05,
        [FaultKind.Delay] = 0.01,
        [FaultKind.TooManyRequests] = 0.001,
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-chaos-");
    private readonly int _port = FreePort();
    private readonly KillPlan _plan = new(options);
    private readonly StallPlan _stallPlan = new(options);
    private readonly StrangerPlan _strangerPlan = new(options);
    private readonly OrderDriver _driver = new(options.Seed);
    private readonly List<double> _recoveries = [];

    /// <summary>The agent's last answer on each accepted order.</summary>
    private readonly Dictionary<string, string> _taken = new(StringComparer.Ordinal);
    private SimulatedVenue? _venue;
    private AccountHand? _hand;
    private Stranger? _stranger;
    private Stalling? _stalling;
    private AgentProcess? _agent;
    private volatile Armed? _armed;
    private int _kills;
    private int _number;
    private int _refused;
    private int _stalledOrders;

    public async Task<DrillResult> RunAsync(CancellationToken cancellationToken)
    {
        _venue = new SimulatedVenue(DrillStage.SharedVenueOptions(), TimeProvider.System, NullLoggerFactory.Instance);
        await _venue.StartAsync(cancellationToken);
        _venue.Faults.OnStep = OnStep;
        _hand = new AccountHand(_venue.RestAddress, DrillStage.ApiKey, DrillStage.Secret, TimeProvider.System, Elsewhere);
        _stranger = new Stranger(_hand, options.Seed);
        _stalling = new Stalling(_venue.Faults, Path.Combine(_folder.FullName, "state.db"));
        await StartAgentAsync(cancellationToken);
        _recoveries.Clear();
        _venue.Faults.ByChance(options.Seed, Rates, repeatRate: 0.05, reorderRate: 0.05);
        var mid = await MidAsync(cancellationToken);
        for (var number = 0; number < options.Orders; number++)
        {
            if (_armed is null && _plan.Due(number) is { } due)
            {
                _armed = new Armed(due.Step, due.DelayMs);
            }

            mid = number % 10 == 0 ? await MidAsync(cancellationToken) : mid;
            await OneOrderAsync(number, mid, cancellationToken);
            if (number % 8 == 7)
            {
                await NoteOrdersAsync(cancellationToken); // After a restart the agent shows only the newest of those that ended.
            }

            if (number % 40 == 39)
            {
                report($"{number + 1} orders, {_kills} kills, {_venue.Faults.Count} faults, {_refused} refused");
            }
        }

        await _stalling.EndAsync();
        await FinishKillsAsync(cancellationToken);
        return await CompareAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _agent?.Dispose();
        _hand?.Dispose();
        if (_venue is not null)
        {
            await _venue.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private async Task StartAgentAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_agent is not null)
            {
                _agent.Dispose();
                await StrangerActsAsync(_strangerPlan.NextWhileDead(), cancellationToken);
            }

            _agent = AgentProcess.Start(_port, DrillStage.SharedArguments(_venue!, _port, _folder.FullName), DrillStage.AgentEnvironment());
            if (await _agent.WaitUntilAgreesAsync(_folder.FullName, cancellationToken))
            {
                var recovery = TimeProvider.System.GetElapsedTime(_agent.StartedAt).TotalMilliseconds;
                _recoveries.Add(recovery);
                report($"recovery {_recoveries.Count}: {recovery:F0} ms{(_stalling!.IsRunning ? ", with a stall under way" : "")}");
                await NoteOrdersAsync(cancellationToken);
                return;
            }

            if (_kills == 0)
            {
                throw new InvalidOperationException($"the agent ended by itself:\n{_agent.Tail}");
            }
        }
    }

    /// <summary>Runs on the venue's thread, so that the agent is dead before the venue continues.</summary>
    private void OnStep(OrderStep step, string clientOrderId)
    {
        if (_armed is { Step: { } wanted } && wanted == step)
        {
            KillNow();
        }
    }

    private void KillNow()
    {
        if (Interlocked.Exchange(ref _armed, null) is not null && _agent is { HasExited: false })
        {
            _kills++;
            _agent.Kill();
        }
    }

    private async Task OneOrderAsync(int number, decimal mid, CancellationToken cancellationToken)
    {
        var (body, cancel) = _driver.Next(number, mid);
        if (_armed is { Step: null } timed)
        {
            _ = Task.Delay(timed.DelayMs, cancellationToken).ContinueWith(_ => KillNow(), cancellationToken, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        _number = number;
        await BeginStallAsync(cancellationToken);
        _stalling!.IsOrderUnderWay = true;
        var clientOrderId = await PlaceAsync(body, cancellationToken);
        await StrangerActsAsync(_strangerPlan.Due(number), cancellationToken);
        if (clientOrderId is not null && cancel)
        {
            await PostAsync($"/api/v1/orders/{clientOrderId}/cancel", new { reason = "drill" }, cancellationToken);
        }

        _stalling.IsOrderUnderWay = false;
    }

    /// <summary>Runs one stall at a time; an exception in a stall ends the drill.</summary>
    private async Task BeginStallAsync(CancellationToken cancellationToken)
    {
        if (_stalling!.IsRunning && ++_stalledOrders < StalledOrdersMax)
        {
            return;
        }

        _stalledOrders = 0;

        await _stalling.EndAsync();
        if (_stallPlan.Due(_number) is { } stall)
        {
            _stalling.Begin(stall, _agent!, _stallPlan, cancellationToken);
        }
    }

    /// <summary>Acts between an order and its cancel, and while the agent is dead.</summary>
    private async Task StrangerActsAsync(StrangerAct? act, CancellationToken cancellationToken)
    {
        if (act is { } due && (_stalling!.IsVenueHeld || !await _stranger!.TryAsync(due, cancellationToken)))
        {
            _strangerPlan.Again(due);
        }
    }

    /// <summary>Repeats the request until the agent answers; returns null when risk refuses the order permanently.</summary>
    private async Task<string?> PlaceAsync(Dictionary<string, object> body, CancellationToken cancellationToken)
    {
        var last = "";
        for (var tries = 0; tries < 2_000; tries++)
        {
            if (_agent!.HasExited)
            {
                await StartAgentAsync(cancellationToken);
            }

            var (status, answer) = await PostAsync("/api/v1/orders", body, cancellationToken);
            last = $"{status} {answer}";
            switch (status)
            {
                case HttpStatusCode.OK:
                    var order = answer!.Value.GetProperty("order");
                    var id = order.GetProperty("intent").GetProperty("clientOrderId").GetString()!;
                    _taken[id] = order.GetProperty("status").GetString()!;
                    return id;
                case HttpStatusCode.Conflict when RiskAnswer.IsHalted(answer!.Value):
                    throw new InvalidOperationException($"the agent has halted: {answer}\n{_agent.Tail}");
                case HttpStatusCode.Conflict when !RiskAnswer.IsPassing(answer!.Value):
                    _refused++;
                    return null;
                case HttpStatusCode.BadRequest:
                    throw new InvalidOperationException($"the drill asks wrongly: {answer}");
                default:
                    await Task.Delay(RetryEvery, TimeProvider.System, cancellationToken);
                    break;
            }
        }

        throw new InvalidOperationException($"{JsonSerializer.Serialize(body)} is not taken, at last: {last}\n{_agent!.Tail}");
    }

    private async Task<(HttpStatusCode? Status, JsonElement? Answer)> PostAsync(string path, object body, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _agent!.Http.PostAsJsonAsync(path, body, cancellationToken);
            return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException
            || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return (null, null); // Killed under it, or not up yet.
        }
    }

    private async Task NoteOrdersAsync(CancellationToken cancellationToken)
    {
        if (await _agent!.GetAsync(_folder.FullName, "/api/v1/orders?limit=500", cancellationToken) is { } orders)
        {
            foreach (var order in orders.EnumerateArray().Where(order => !order.GetProperty("isByHand").GetBoolean()))
            {
                _taken[order.GetProperty("intent").GetProperty("clientOrderId").GetString()!] = order.GetProperty("status").GetString()!;
            }
        }
    }

    private async Task FinishKillsAsync(CancellationToken cancellationToken)
    {
        _armed = null;
        while (_kills < options.Kills || _agent!.HasExited)
        {
            if (!_agent!.HasExited)
            {
                _kills++;
                _agent.Kill();
                _agent.WaitForExit();
            }

            await StartAgentAsync(cancellationToken);
        }
    }

    private async Task<decimal> MidAsync(CancellationToken cancellationToken)
    {
        var top = await _hand!.AskAsync("/api/v3/ticker/bookTicker", $"symbol={DrillStage.Symbol}", cancellationToken);
        return decimal.Round((VenueRecords.Amount(top, "bidPrice") + VenueRecords.Amount(top, "askPrice")) / 2, 2);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed record Armed(OrderStep? Step, int DelayMs);
}
