using System.CommandLine;
using System.ComponentModel.DataAnnotations;
using BtcAgent.Cli.Output;
using BtcAgent.Domain.Instruments;
using BtcAgent.Exchanges.Binance.Rest;
using BtcAgent.Research.Backtests;
using Microsoft.Extensions.Configuration;

namespace BtcAgent.Cli.Inputs;

/// <summary>Options for a backtest over bars that passes the agent's risk limits and the venue's filters.</summary>
internal sealed class RulesChoice
{
    private const string BuiltIn = "BTCUSDT";

    private static readonly string[] Sections = ["Limits", "Sizing", "Signals"];

    private readonly Option<bool> _rules = new("--rules")
    {
        Description = "bars: trade through the agent's sizing, risk limits, circuit breakers and the venue's filters",
    };

    private readonly Option<string?> _filters = new("--venue-filters")
    {
        Description = $"bars with --rules: the venue's exchangeInfo answer (JSON); default: the filters of {BuiltIn} on Binance",
    };

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "bars with --rules: a setting of the agent, such as Limits:MaxOrderNotional=5000, Sizing:Fraction=0.5 or "
            + "Signals:MinConfidence=0; may be repeated",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_rules);
        command.Options.Add(_filters);
        command.Options.Add(_set);
    }

    public bool AreAsked(ParseResult arguments) => arguments.GetValue(_rules);

    /// <exception cref="UsageException">An option is given that has no meaning without <c>--rules</c>.</exception>
    public void RefuseAlone(ParseResult arguments)
    {
        if (arguments.GetValue(_filters) is not null || arguments.GetValue(_set) is { Length: > 0 })
        {
            throw new UsageException("--venue-filters and --set need --rules: without it no limit and no filter applies");
        }
    }

    /// <summary>Applies the settings given.</summary>
    /// <exception cref="UsageException">A setting does not exist, or its value is not in its range.</exception>
    public CheckedBarOptions Configure(ParseResult arguments, CheckedBarOptions options)
    {
        var given = (arguments.GetValue(_set) ?? []).Select(Split).ToList();
        if (given.GroupBy(p => p.Key, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new UsageException($"--set gives {twice.Key} twice");
        }

        var values = given.ToDictionary(p => p.Key, p => (string?)p.Value, StringComparer.OrdinalIgnoreCase);
        var settings = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        Bind(settings, "Limits", options.Limits);
        Bind(settings, "Sizing", options.Sizing);
        Bind(settings, "Signals", options.Signals);
        return options;
    }

    /// <summary>The venue's rules of an instrument.</summary>
    /// <exception cref="UsageException">There is no file, and the instrument is not the one whose filters are built in.</exception>
    public TradingRules FiltersOf(ParseResult arguments, InstrumentId instrument)
    {
        if (arguments.GetValue(_filters) is { } path)
        {
            return File.Exists(path)
                ? ExchangeInfo.Read(File.ReadAllBytes(path), instrument)
                : throw new UsageException($"--venue-filters: there is no file '{path}'");
        }

        return instrument.Symbol == BuiltIn
            ? TapeInput.RulesOf(instrument)
            : throw new UsageException(
                $"--rules needs --venue-filters FILE for {instrument}, such as the answer of GET /api/v3/exchangeInfo: only {BuiltIn} is built in");
    }

    private static KeyValuePair<string, string> Split(string text)
    {
        const string Prefix = "Agent:";
        var setting = text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? text[Prefix.Length..] : text;
        var at = setting.IndexOf('=', StringComparison.Ordinal);
        var section = setting.Split(':')[0];
        return at > section.Length && Sections.Contains(section, StringComparer.OrdinalIgnoreCase)
            ? new(setting[..at], setting[(at + 1)..])
            : throw new UsageException($"--set needs SECTION:NAME=VALUE with one of the sections {string.Join(", ", Sections)}, not '{text}'");
    }

    private static void Bind(IConfiguration settings, string section, object options)
    {
        var given = settings.GetSection(section);
        var unreadable = given.GetChildren().Where(c => c.Value is not null)
            .Select(c => SettingCheck.Problem(options, c.Key, c.Value!)).FirstOrDefault(p => p is not null);
        if (unreadable is not null)
        {
            throw new UsageException($"--set {section}: {unreadable}");
        }

        try
        {
            given.Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        }
        catch (InvalidOperationException e)
        {
            throw new UsageException($"--set {section}: {e.InnerException?.Message ?? e.Message}");
        }

        if (SettingCheck.RangeProblems(options).ToList() is { Count: > 0 } ranges)
        {
            throw new UsageException($"--set {section}: {string.Join("; ", ranges)}");
        }

        var problems = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true))
        {
            throw new UsageException($"--set {section}: {string.Join(" ", problems.Select(p => p.ErrorMessage))}");
        }
    }
}
