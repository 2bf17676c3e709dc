using System.Collections.Concurrent;
using System.Text.Json;
using BtcAgent.Domain.MarketData;
using BtcAgent.Exchanges.Binance.Tapes;
using BtcAgent.Exchanges.Simulator;
using BtcAgent.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace BtcAgent.Chaos.Tests.Cluster;

/// <summary>
/// A tape flows through Kafka to grains on several silo processes that trade at a venue here, while silos are killed;
/// then the books are compared with the tape and with the venue's records.
/// </summary>
internal class ClusterDrill(ClusterDrillOptions options, KafkaBroker broker, PostgresServer postgres, Action<string> report) : IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan ResumeMax = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan EndMax = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-cluster-");
    private readonly ConcurrentDictionary<string, AgentProcess> _processes = new(StringComparer.Ordinal);
    private readonly Random _random = new(options.Seed);
    private readonly List<double> _resumes = [];
    private readonly List<double> _stops = [];
    private SimulatedVenue? _venue;
    private readonly NotSentOrders _notSent = new();
    private DecisionLog? _log;
    private string _database = "";
    private int _kills;
    private int _foreign;

    public async Task<ClusterDrillResult> RunAsync(CancellationToken cancellationToken)
    {
        await broker.StartAsync();
        _database = await postgres.NewDatabaseAsync();
        var tape = DecodedTape.Load(options.Instrument, options.Tapes);
        var venueOptions = DrillStage.VenueOptions(options.Instrument.Symbol, options.BaseAsset);
        venueOptions.StartPrice = tape.Events.First(e => e.Kind == MarketEventKind.Trade).Price.ToDouble();
        _venue = new SimulatedVenue(venueOptions, TimeProvider.System, NullLoggerFactory.Instance);
        await _venue.StartAsync(cancellationToken);
        await PrepareAsync(_venue);
        for (var i = 0; i < options.Silos; i++)
        {
            await StartSiloAsync(i).WaitUntilAsync("/health/ready", cancellationToken);
        }

        var gateway = Start("gateway", ClusterStage.Gateway, feeds: false);
        await gateway.WaitUntilAsync("/health/ready", cancellationToken);
        _log = new DecisionLog(broker.Address, ClusterStage.FactPartitions);
        var started = TimeProvider.System.GetTimestamp();
        Start("ingest", (_, port, folder) => ClusterStage.Ingest(options.Tapes, options.Speed, port, folder), feeds: true);
        await ResumeAfterAsync(started, cancellationToken);
        _foreign = await ForeignMessages.WriteAsync(broker.Address, options.Instrument, cancellationToken);
        var length = (tape.Events[^1].ReceiveTime - tape.Events[0].ReceiveTime) / options.Speed;
        await DisturbAsync(started, length, cancellationToken);
        await WaitForEndAsync(tape.Events.Length, started, length, cancellationToken);
        return await CompareAsync(tape, cancellationToken);
    }

    public virtual async ValueTask DisposeAsync()
    {
        _log?.Dispose();
        foreach (var process in _processes.Values)
        {
            process.Dispose();
        }

        if (_venue is not null)
        {
            await _venue.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    /// <summary>
    /// Kills and stops in a seeded order, evenly over the tape with seeded jitter, each after the recovery from the previous
    /// one.
    /// </summary>
    protected virtual async Task DisturbAsync(long started, TimeSpan length, CancellationToken cancellationToken)
    {
        var actions = options.Kills + options.GracefulStops;
        var stops = Enumerable.Range(0, actions).OrderBy(_ => _random.Next()).Take(options.GracefulStops).ToHashSet();
        for (var action = 0; action < actions; action++)
        {
            var due = length * 0.9 * ((action + (0.2 + (0.6 * _random.NextDouble()))) / actions);
            if (due - TimeProvider.System.GetElapsedTime(started) is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait, TimeProvider.System, cancellationToken);
            }

            var silo = _random.Next(options.Silos);
            var name = $"silo{silo}";
            var at = TimeProvider.System.GetTimestamp();
            if (stops.Contains(action))
            {
                var took = await _processes[name].StopAsync(cancellationToken);
                _stops.Add(took.TotalMilliseconds);
                report($"{name} stopped in {took.TotalMilliseconds:F0} ms");
            }
            else
            {
                _processes[name].Kill();
                _kills++;
            }

            var resumed = await ResumeAfterAsync(at, cancellationToken);
            _resumes.Add(resumed);
            report($"{action + 1}/{actions}: without {name}, trading again after {resumed:F0} ms");
            await StartSiloAsync(silo).WaitUntilAsync("/health/ready", cancellationToken);
        }
    }

    /// <returns>Milliseconds until the next decision.</returns>
    protected async Task<double> ResumeAfterAsync(long at, CancellationToken cancellationToken)
    {
        while (TimeProvider.System.GetElapsedTime(at) < ResumeMax)
        {
            if (_log!.FirstAfter(at) is { } first)
            {
                return TimeProvider.System.GetElapsedTime(at, first).TotalMilliseconds;
            }

            await Task.Delay(LookEvery, TimeProvider.System, cancellationToken);
        }

        throw new InvalidOperationException(
            $"no decision within {ResumeMax}:\n{string.Join("\n\n", _processes.Select(p => $"== {p.Key}\n{p.Value.Tail}"))}");
    }

    private async Task WaitForEndAsync(long events, long started, TimeSpan length, CancellationToken cancellationToken)
    {
        while (TimeProvider.System.GetElapsedTime(started) < length + EndMax)
        {
            if (await ProgressAsync(cancellationToken) is { } progress && progress.GetProperty("lastSequence").GetInt64() >= events)
            {
                return;
            }

            await Task.Delay(LookEvery * 10, TimeProvider.System, cancellationToken);
        }

        report($"the tape's end did not come into the book:\n{string.Join("\n\n", _processes.Select(p => $"== {p.Key}\n{p.Value.Tail}"))}");
    }

    private async Task<ClusterDrillResult> CompareAsync(DecodedTape tape, CancellationToken cancellationToken)
    {
        await AskAsync(gateway => gateway.Http.PostAsync(
            "/api/v1/control/halt", System.Net.Http.Json.JsonContent.Create(new { reason = "the drill is over" }), cancellationToken));
        using var venue = new VenueRecords(_venue!.RestAddress, DrillStage.ApiKey, DrillStage.Secret);
        var agreed = await SettleAsync(cancellationToken);
        var progress = (await ProgressAsync(cancellationToken))!.Value;
        var consumed = progress.GetProperty("eventsConsumed").GetInt64();
        var checksum = Convert.ToUInt64(progress.GetProperty("sequenceChecksum").GetString(), 16);
        var portfolio = (await GetAsync("/api/v1/portfolios/main", cancellationToken))!.Value.GetProperty("portfolio");
        var balances = portfolio.GetProperty("balances");
        var booked = portfolio.GetProperty("fillCount").GetInt32();
        var orders = await venue.AllOrdersAsync(options.Instrument.Symbol, cancellationToken);
        var trades = await venue.AllTradesAsync(options.Instrument.Symbol, cancellationToken);
        var atVenue = orders.GroupBy(o => o.GetProperty("clientOrderId").GetString()!).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        var refused = await RefusedAsync(cancellationToken);
        report(_log!.Reasons());
        if (!agreed)
        {
            report("the agent does not say that it agrees with the venue");
        }

        return new ClusterDrillResult(
            options.Seed,
            options.Silos,
            _kills,
            tape.Events.Length,
            consumed == tape.Events.Length && checksum != TapeChecksum.Of(tape) ? -1 : tape.Events.Length - consumed,
            _log!.Seen.Count,
            _log.Doubled,
            await JournalRows.MissingAsync(_database, _log.Seen.Select(seen => seen.Decision.Id.Text), cancellationToken),
            atVenue.Count,
            atVenue.Values.Count(count => count > 1) + Math.Max(0, booked - trades.Count),
            _log.Intents.Count(id => !atVenue.ContainsKey(id) && !refused.Contains(id) && !_notSent.Contains(id)) + Math.Max(0, trades.Count - booked),
            await venue.BalanceAsync(options.BaseAsset, cancellationToken) - balances.GetProperty(options.BaseAsset).GetDecimal(),
            await venue.BalanceAsync(ClusterDrillOptions.QuoteAsset, cancellationToken) - balances.GetProperty(ClusterDrillOptions.QuoteAsset).GetDecimal(),
            RecoveryTimes.Of(_resumes),
            RecoveryTimes.Of(_stops),
            Math.Max(0, _foreign - ForeignMessages.DeadLetters(broker.Address)));
    }

    /// <summary>Orders that the agent reports as never sent, or that the venue rejected.</summary>
    private async Task<HashSet<string>> RefusedAsync(CancellationToken cancellationToken) =>
        [.. (await GetAsync("/api/v1/orders?limit=500", cancellationToken))!.Value.EnumerateArray()
            .Where(order => order.GetProperty("status").GetString() is "denied" or "rejected")
            .Select(order => order.GetProperty("intent").GetProperty("clientOrderId").GetString()!)];

    private async Task<bool> SettleAsync(CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(30))
        {
            if (await GetAsync("/api/v1/executions", cancellationToken) is { } all
                && all.EnumerateObject().All(e => !e.Value.GetProperty("isReconciling").GetBoolean() && e.Value.GetProperty("openOrders").GetInt32() == 0))
            {
                return true;
            }

            await Task.Delay(LookEvery, TimeProvider.System, cancellationToken);
        }

        return false;
    }

    private Task<JsonElement?> ProgressAsync(CancellationToken cancellationToken) =>
        GetAsync($"/api/v1/instruments/{Uri.EscapeDataString(options.Instrument.Key)}/progress", cancellationToken);

    protected Task<JsonElement?> GetAsync(string path, CancellationToken cancellationToken) =>
        _processes["gateway"].GetAsync(Path.Combine(_folder.FullName, "gateway"), path, cancellationToken);

    private async Task AskAsync(Func<AgentProcess, Task<HttpResponseMessage>> ask)
    {
        using var response = await ask(_processes["gateway"]);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"the gateway refused: {await response.Content.ReadAsStringAsync()}");
        }
    }

    protected AgentProcess StartSiloAsync(int number) => Start($"silo{number}", ClusterStage.Silo, feeds: false, NodeOf(number));

    protected AgentProcess Silo(int number) => _processes[$"silo{number}"];

    protected DecisionLog Log => _log!;

    protected IReadOnlyDictionary<string, AgentProcess> Processes => _processes;

    protected ClusterDrillOptions Options => options;

    private Dictionary<string, string> InstrumentSettings => new()
    {
        ["Agent:Instruments:0"] = options.Instrument.Key,
        ["Agent:Strategies:0:Instrument"] = options.Instrument.Key,
        [$"Agent:Portfolios:0:Allocation:{options.BaseAsset}"] = "all",
    };

    /// <summary>Additional settings of every process.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>();

    protected KafkaBroker Broker => broker;

    protected PostgresServer Postgres => postgres;

    protected void Report(string line) => report(line);

    /// <summary>Called after the start of the servers and before the first silo.</summary>
    protected virtual Task PrepareAsync(SimulatedVenue venue) => Task.CompletedTask;

    /// <summary>Network node of a silo; null for loopback.</summary>
    protected virtual NetworkNode? NodeOf(int silo) => null;

    private AgentProcess Start(string name, Func<SimulatedVenue, int, string, string[]> arguments, bool feeds, NetworkNode? node = null)
    {
        if (_processes.TryGetValue(name, out var former))
        {
            former.Dispose();
        }

        var port = ChaosDrill.FreePort();
        var folder = Path.Combine(_folder.FullName, name);
        var process = AgentProcess.Start(
            port,
            [
                .. arguments(_venue!, port, folder),
                .. node is null ? [] : new[] { "--listen", $"{node.Address}" },
                .. InstrumentSettings.Concat(Settings).SelectMany(setting => new[] { "--set", $"{setting.Key}={setting.Value}" }),
            ],
            ClusterStage.Environment(_database, broker, feeds, node),
            node);
        process.Wrote += _notSent.Read;
        return _processes[name] = process;
    }
}
