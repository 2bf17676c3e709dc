using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;

namespace BtcAgent.Silo.Settings;

/// <summary>The options of <c>dotnet run --project src/Silo -- …</c>.</summary>
internal sealed class AgentCommand
{
    private static readonly Dictionary<string, VenueKind> Venues = new(StringComparer.OrdinalIgnoreCase)
    {
        ["simulator"] = VenueKind.Simulator,
        ["replay"] = VenueKind.Replay,
        ["binance-paper"] = VenueKind.BinancePaper,
        ["binance-testnet"] = VenueKind.BinanceTestnet,
        ["binance-live"] = VenueKind.BinanceLive,
    };

    private readonly Option<NodeRole> _role = new("--role")
    {
        Description = "all (one process, default), or of a cluster on PostgreSQL and Kafka: silo, gateway, ingest, sink, optimizer, migrate",
        DefaultValueFactory = _ => NodeRole.All,
    };

    private readonly Option<string> _listen = new("--listen")
    {
        Description = "IP address to serve HTTP on; 0.0.0.0 for all, as in a container",
        DefaultValueFactory = _ => "127.0.0.1",
    };

    private readonly Option<VenueKind> _venue = new("--venue")
    {
        Description = "simulator (embedded, default), replay (recorded tapes), binance-paper (real data, paper fills), binance-testnet (real requests, no real money) or binance-live (real money; arm it first)",
        CustomParser = ParseVenue,
        DefaultValueFactory = _ => VenueKind.Simulator,
    };

    private readonly Option<string[]> _tapes = new("--tape")
    {
        Description = "a tape to replay; repeat the option for several, in order",
    };

    private readonly Option<double> _speed = new("--speed")
    {
        Description = "replay speed: 1 is real time, 10 is tenfold, max is as fast as possible",
        CustomParser = ParseSpeed,
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<string?> _summary = new("--summary") { Description = "file to write a replay's summary to, as JSON" };

    private readonly Option<string> _data = new("--data")
    {
        Description = "folder of state, journal and operator key",
        DefaultValueFactory = _ => "data",
    };

    private readonly Option<int> _port = new("--port")
    {
        Description = "port of the console on 127.0.0.1; 0 selects any free one",
        CustomParser = result => ParseWhole(result, "--port", 0, 65_535),
        DefaultValueFactory = _ => 5080,
    };

    private readonly Option<int> _seed = new("--seed")
    {
        Description = "seed of the simulated venue and of paper fills",
        CustomParser = result => ParseWhole(result, "--seed", 0, int.MaxValue),
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<string?> _record = new("--record") { Description = "folder to record the raw frames of the feed to" };

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "override a setting, such as --set Agent:Limits:MaxSpreadBps=5; may be repeated",
    };

    private readonly Option<string?> _acceptState = new("--accept-state")
    {
        Description = "accept a state that is missing, older or edited, by the code in the refusal; every portfolio starts halted",
    };

    private readonly Option<string?> _job = new("--job") { Description = "folder of a training job, of the role trainer, or of a model, of the role scorer", Hidden = true };

    private readonly RootCommand _root;

    public AgentCommand()
    {
        _root = new RootCommand("BtcAgent: trades BTC on paper against an embedded venue, a tape, or Binance's market data.")
        {
            _role, _listen, _venue, _tapes, _speed, _summary, _data, _port, _seed, _record, _set, _acceptState, _job,
        };
        _listen.Validators.Add(r => Check(r, IPAddress.TryParse(r.GetValueOrDefault<string>(), out _), "--listen needs an IP address"));
        _data.Validators.Add(r => Check(r, r.GetValueOrDefault<string>() is { Length: > 0 }, "--data needs a folder, but has none"));
        _root.Validators.Add(CheckTapes);
        _root.Validators.Add(r => Check(
            r, IsChild(r) == (r.GetValue(_job) is not null), "--role trainer and --role scorer need --job FOLDER, and no other role has one; the agent starts them"));
        _set.Validators.Add(r => Check(
            r, r.Tokens.All(t => t.Value.IndexOf('=') > 0), "--set needs KEY=VALUE, such as Agent:Limits:MaxSpreadBps=5"));
    }

    /// <summary>Compares the word: an unknown role has no value to read.</summary>
    private bool IsChild(CommandResult result) => result.GetResult(_role)?.Tokens is [{ Value: var role }]
        && (role.Equals(nameof(NodeRole.Trainer), StringComparison.OrdinalIgnoreCase) || role.Equals(nameof(NodeRole.Scorer), StringComparison.OrdinalIgnoreCase));

    /// <summary>Runs <paramref name="run"/> with the parsed settings, or prints the errors or the help.</summary>
    public int Invoke(string[] args, Func<AgentSettings, CancellationToken, Task<int>> run, InvocationConfiguration? configuration = null)
    {
        _root.SetAction((result, cancellation) => run(Read(result), cancellation));
        var parsed = _root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            var error = configuration?.Error ?? Console.Error;
            foreach (var problem in parsed.Errors)
            {
                error.WriteLine($"btcagent: {problem.Message.ReplaceLineEndings(" ")}; --help lists the options");
            }

            return ExitCodes.Usage;
        }

        configuration ??= new InvocationConfiguration();
        configuration.ProcessTerminationTimeout = null;
        return parsed.Invoke(configuration);
    }

    /// <summary>Parses a command line without running it.</summary>
    /// <returns>The settings; null with the problems of an invalid command line.</returns>
    public AgentSettings? Read(string[] args, out IReadOnlyList<string> problems)
    {
        var parsed = _root.Parse(args);
        problems = [.. parsed.Errors.Select(error => error.Message.ReplaceLineEndings(" "))];
        return problems.Count == 0 ? Read(parsed) : null;
    }

    private static VenueKind ParseVenue(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (Venues.TryGetValue(text, out var venue))
        {
            return venue;
        }

        result.AddError($"unknown venue '{text}': use one of {string.Join(", ", Venues.Keys)}");
        return default;
    }

    private static double ParseSpeed(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (text.Equals("max", StringComparison.OrdinalIgnoreCase))
        {
            return 0;
        }

        if (double.TryParse(text.TrimEnd('x', '×'), NumberStyles.Float, CultureInfo.InvariantCulture, out var speed) && speed is > 0 and <= 1e6)
        {
            return speed;
        }

        result.AddError($"'{text}' is not a speed: use a number above 0, or max");
        return default;
    }

    private static int ParseWhole(ArgumentResult result, string option, int min, int max)
    {
        var text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
        {
            return value;
        }

        result.AddError(string.Create(CultureInfo.InvariantCulture, $"{option} must be {min}…{max}, not '{text}'"));
        return default;
    }

    private static void Check(SymbolResult result, bool ok, string message)
    {
        if (!ok)
        {
            result.AddError(message);
        }
    }

    private void CheckTapes(CommandResult result)
    {
        if (result.GetResult(_venue) is { Tokens: [var given, ..] } && !Venues.ContainsKey(given.Value))
        {
            return; // already reported: the value is unreadable
        }

        var replay = result.GetValue(_venue) == VenueKind.Replay;
        var tapes = result.GetValue(_tapes) ?? [];
        Check(result, !replay || tapes.Length > 0, "--venue replay needs at least one --tape FILE");
        Check(result, replay || tapes.Length == 0, "--tape requires --venue replay");
        Check(result, replay || result.GetValue(_summary) is null, "--summary requires --venue replay");
        foreach (var missing in tapes.Where(t => !File.Exists(t)))
        {
            result.AddError($"tape '{missing}' does not exist");
        }
    }

    private AgentSettings Read(ParseResult result) => new()
    {
        Role = result.GetValue(_role),
        Listen = result.GetValue(_listen)!,
        Venue = result.GetValue(_venue),
        Tapes = [.. result.GetValue(_tapes) ?? []],
        Speed = result.GetValue(_speed),
        SummaryFile = result.GetValue(_summary),
        DataFolder = result.GetValue(_data)!,
        Port = result.GetValue(_port),
        Seed = result.GetValue(_seed),
        RecordTo = result.GetValue(_record),
        AcceptState = result.GetValue(_acceptState),
        Job = result.GetValue(_job),
        Overrides = [.. (result.GetValue(_set) ?? []).Select(Split)],
    };

    private static KeyValuePair<string, string?> Split(string text)
    {
        var at = text.IndexOf('=');
        return new(text[..at], text[(at + 1)..]);
    }
}
