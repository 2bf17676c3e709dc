using System.Collections.Immutable;
using System.Text.Json;
using BtcAgent.Alerts.Engine;
using BtcAgent.Domain.Alerts;

namespace BtcAgent.Alerts.Tests.Engine;

/// <summary>An alert book under a clock that a test moves, whose messages are all accepted at once.</summary>
internal sealed class BookRun
{
    public const string Source = "agent";

    public static readonly DateTimeOffset Start = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    private readonly AlertPolicy _policy;
    private AlertBookState _state = new();

    public BookRun(AlertPolicy policy)
    {
        _policy = policy;
        Book = new AlertBook(policy, _state);
    }

    public AlertBook Book { get; private set; }

    public DateTimeOffset Now { get; private set; } = Start;

    /// <summary>Whether messages are accepted; otherwise they stay in the outbox.</summary>
    public bool Accepts { get; set; } = true;

    public List<AlertDelivery> Messages { get; } = [];

    public AlertBookState State => _state;

    /// <summary>Alertmanager's times; one channel, <c>mail</c>, from warning on.</summary>
    public static AlertPolicy Policy(params ChannelPolicy[] channels) => new()
    {
        GroupWait = TimeSpan.FromSeconds(30),
        GroupInterval = TimeSpan.FromMinutes(5),
        RepeatInterval = TimeSpan.FromHours(12),
        Channels = channels.Length == 0 ? [Channel("mail")] : [.. channels],
    };

    public static ChannelPolicy Channel(string name, AlertSeverity? from = AlertSeverity.Warning) => new(name, from, CarriesEnds: true, CarriesAcknowledgements: false);

    public static AlertCondition Condition(
        string name, AlertSeverity severity = AlertSeverity.Critical, string portfolio = "main", double forSeconds = 0, string detail = "why") => new(
        name,
        severity,
        ImmutableSortedDictionary<string, string>.Empty.Add("portfolio", portfolio),
        $"{portfolio}: {name}",
        detail,
        TimeSpan.FromSeconds(forSeconds));

    /// <summary>Moves the clock in steps of a second, over hours in longer ones, with the same conditions at each.</summary>
    public void Run(TimeSpan time, params AlertCondition[] conditions)
    {
        var step = TimeSpan.FromSeconds(time > TimeSpan.FromHours(1) ? 20 : 1);
        for (var end = Now + time; Now < end;)
        {
            Now += step;
            Book.Observe(Now, Source, [.. conditions], []);
            Step();
        }
    }

    public void Step()
    {
        Book.Advance(Now);
        if (Accepts)
        {
            Messages.AddRange(Book.Outbox);
            Book.Settle([.. Book.Outbox.Select(message => message.Id)]);
        }
    }

    /// <summary>Stores and restores the book, as a restart does.</summary>
    public void Restart()
    {
        _state = JsonSerializer.Deserialize<AlertBookState>(JsonSerializer.Serialize(_state))!;
        Book = new AlertBook(_policy, _state);
    }

    public string[] Said() => [.. Messages.Select(message => $"{message.Channel} {message.Kind}: {string.Join(", ", message.Alerts.Select(alert => alert.Summary))}")];
}
