using BtcAgent.Contracts.Control;
using BtcAgent.Domain;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Grains.Tests.Halting;

/// <summary>
/// One schedule of events: samples, orders by hand, stalls of the store, the venue and the stream, failures, the clock, and
/// a halt or flatten in between. Between two moves the grains run until they wait, so that seed and number repeat the
/// schedule.
/// </summary>
internal sealed class HaltSchedule(HaltStage stage, int seed, int number, bool fenced)
{
    private const int MovesMin = 8;
    private const int MovesMax = 28;
    private const int DoneStepsMax = 150;
    private const double AnswerMs = 1_000;
    private const int StepMs = 100;

    private readonly Random _random = new((int)Hash(seed, number, "", 0));
    private readonly List<Task> _work = [];
    private readonly List<Func<Task>> _streamed = [];
    private Task<TradingStatus>? _halt;
    private DecisionId? _flatten;
    private DateTimeOffset _haltedAt;
    private int _left;
    private bool _answered;
    private bool _isDone;
    private HaltDrillResult _result = new() { Schedules = 1 };

    /// <summary>The moves so far, for a failure's message.</summary>
    public List<string> Moves { get; } = [];

    public async Task<HaltDrillResult> RunAsync()
    {
        var (share, flattens) = (_random.Next(10, 60), _random.Next(3) == 0);
        await stage.BeginAsync(baseBalance: 0);
        stage.Venue.IgnoresPermits = !fenced;
        if (_random.Next(2) == 0)
        {
            await stage.SampleAsync(SignalDirection.Long);
            await HaltStage.QuietAsync();
        }

        stage.Gates.Reset((name, count) => Hash(seed, number, name, count) % 100 < share);
        var moves = _random.Next(MovesMin, MovesMax);
        var haltAt = _random.Next(moves);
        for (var move = 0; move < moves; move++)
        {
            if (move == haltAt)
            {
                await HaltAsync(flattens);
            }
            else
            {
                await MoveAsync();
            }

            await HaltStage.QuietAsync();
            await LookAsync();
        }

        await EndAsync(flattens);
        return _result;
    }

    /// <summary>
    /// A schedule by hand: an order waits where only its permit can stop it, and leaves after the halt is answered.
    /// </summary>
    public async Task<HaltDrillResult> RunHeldAtTheLastStepAsync()
    {
        await stage.BeginAsync(baseBalance: 0);
        stage.Venue.IgnoresPermits = !fenced;
        stage.Gates.Reset((name, _) => name.StartsWith("venue.place.leave", StringComparison.Ordinal));
        _work.Add(Ended(stage.SampleAsync(SignalDirection.Long)));
        await HaltStage.QuietAsync();
        await HaltAsync(flattens: false);
        for (var waited = 0; waited < AnswerMs && !_answered; waited += StepMs)
        {
            await stage.AdvanceAsync(StepMs);
            await LookAsync();
        }

        await EndAsync(flattens: false);
        return _result;
    }

    private async Task HaltAsync(bool flattens)
    {
        Moves.Add(flattens ? "flatten" : "halt");
        var waiting = stage.Gates.Waiting.Any(gate => gate.Name.StartsWith("venue.place", StringComparison.Ordinal));
        _result = _result with { OrdersInFlight = waiting || _work.Any(work => !work.IsCompleted) ? 1 : 0 };
        _haltedAt = stage.Time.GetUtcNow();
        _flatten = flattens ? DecisionId.From(HaltStage.Portfolio, "flatten", HaltStage.Btc, stage.Now()) : null;
        _halt = flattens ? stage.Control.Flatten("drill", "drill") : stage.Control.Halt("drill", "drill");
        await HaltStage.QuietAsync();
    }

    private async Task MoveAsync()
    {
        var waiting = stage.Gates.Waiting;
        switch (_random.Next(10))
        {
            case 0 or 1:
                var direction = _random.Next(2) == 0 ? SignalDirection.Long : SignalDirection.Flat;
                Moves.Add($"sample {direction}");
                _work.Add(Ended(stage.SampleAsync(direction)));
                break;
            case 2:
                Moves.Add("sample waits in the stream");
                _streamed.Add(() => stage.SampleAsync(SignalDirection.Long));
                break;
            case 3:
                var id = $"rests-{number}-{Moves.Count}";
                Moves.Add(id);
                _work.Add(Ended(stage.PlaceAsync(id)));
                break;
            case 4 when _streamed.Count > 0:
                Moves.Add("the stream continues");
                _work.AddRange(_streamed.Select(sample => Ended(sample())));
                _streamed.Clear();
                break;
            case 5 when waiting.Count > 0:
                var failing = waiting[_random.Next(waiting.Count)];
                Moves.Add($"fails {failing.Name}");
                stage.Gates.Fail(failing);
                break;
            case 6:
                var ms = _random.Next(3) switch { 0 => 50, 1 => 400, _ => 1_200 };
                Moves.Add($"{ms} ms");
                for (var passed = 0; passed < ms; passed += StepMs)
                {
                    await stage.AdvanceAsync(Math.Min(StepMs, ms - passed));
                    await LookAsync();
                }

                break;
            default:
                if (waiting.Count > 0)
                {
                    var opening = waiting[_random.Next(waiting.Count)];
                    Moves.Add($"opens {opening.Name}");
                    stage.Gates.Open(opening);
                }

                break;
        }
    }

    /// <summary>Checks what has changed since the last move; nothing runs meanwhile.</summary>
    private async Task LookAsync()
    {
        if (_halt is null)
        {
            return;
        }

        if (!_answered && !_halt.IsCompleted && (stage.Time.GetUtcNow() - _haltedAt).TotalMilliseconds > AnswerMs)
        {
            _result = _result with { AnsweredLate = 1 };
            Moves.Add($"not answered after {(stage.Time.GetUtcNow() - _haltedAt).TotalMilliseconds} ms: {(await stage.Control.GetPendingHalt()) ?? "none pending"}; {string.Join(", ", stage.Gates.Waiting.Select(gate => gate.Name))}");
        }

        if (!_answered && _halt.IsCompleted)
        {
            _answered = true;
            _left = Trading();
            Moves.Add($"answered after {(stage.Time.GetUtcNow() - _haltedAt).TotalMilliseconds} ms: {(await _halt).Pending ?? "done"}");
        }
        else if (_answered && Trading() is var left && left > _left)
        {
            Moves.Add($"an order left: {stage.Venue.Departures[^1].Intent.ClientOrderId}");
            _result = _result with { OrdersAfterHalt = _result.OrdersAfterHalt + left - _left };
            _left = left;
        }

        if (_answered && !_isDone && await stage.Control.GetPendingHalt() is null)
        {
            _isDone = true;
            var open = stage.Venue.OpenOrders.Count;
            var onTheirWay = stage.Venue.OnTheirWay;
            Moves.Add($"done with {open} open and {onTheirWay} on their way");
            _result = _result with { OpenAfterHalt = _result.OpenAfterHalt + open, DoneWhilePending = onTheirWay };
        }
    }

    /// <summary>Ends all stalls: the halt must complete, and remain complete.</summary>
    private async Task EndAsync(bool flattens)
    {
        stage.Gates.OpenAll();
        for (var step = 0; step < DoneStepsMax && !_isDone; step++)
        {
            await stage.AdvanceAsync(StepMs);
            await LookAsync();
        }

        _work.AddRange(_streamed.Select(sample => Ended(sample())));
        _work.Add(Ended(stage.PlaceAsync($"rests-{number}-after")));
        await stage.AdvanceAsync(2_500);
        await LookAsync();
        await Task.WhenAll(_work).WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
        var held = stage.Venue.BaseBalance;
        _result = _result with
        {
            NeverDone = _isDone ? 0 : 1,
            OpenAfterHalt = _result.OpenAfterHalt + stage.Venue.OpenOrders.Count,
            NotFlat = (flattens && held != 0) || stage.Venue.LeastBase < 0 ? 1 : 0,
        };
        if (!_result.IsClean)
        {
            Moves.Add($"ends with {held} held, {stage.Venue.OpenOrders.Count} open; {(await stage.Control.GetStatus()).Pending}");
        }
    }

    /// <summary>All orders except the closing orders of a flatten, which may leave.</summary>
    private int Trading() => stage.Venue.Departures.Count(left => left.Intent.Decision != _flatten);

    private static uint Hash(int seed, int number, string name, int count)
    {
        var hash = 2_166_136_261u;
        foreach (var c in FormattableString.Invariant($"{seed}|{number}|{name}|{count}"))
        {
            hash = (hash ^ c) * 16_777_619;
        }

        hash = (hash ^ (hash >> 15)) * 0x2c1b3c6d;
        return hash ^ (hash >> 12);
    }

    private static async Task Ended(Task work)
    {
        try
        {
            await work;
        }
        catch (Exception e) when (e is IOException or OrleansException or InvalidOperationException or TimeoutException or OperationCanceledException)
        {
            // A stalled store that fails ends the call; what matters is what the venue saw.
        }
    }
}
