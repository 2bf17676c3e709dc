using System.Text.Json;
using BtcAgent.Alerts.Commands;
using BtcAgent.Domain.Access;
using BtcAgent.Domain.Audit;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.Alerts.Tests.Commands;

/// <summary>Who may command the agent from a chat, and what a halt needs.</summary>
public sealed class ChatCommandsTests
{
    private const string Chat = "-100123";
    private const long Trader = 11;
    private const long Viewer = 12;
    private const long Stranger = 13;

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 29, 12, 0, 0, TimeSpan.Zero));
    private readonly ScriptedDesk _desk = new();
    private readonly ChatCommands _commands;
    private long _number;
    private int _code;

    public ChatCommandsTests() => _commands = new ChatCommands(
        Chat,
        [new() { UserId = Trader, Name = "tom", Role = AccessRole.Trader }, new() { UserId = Viewer, Name = "vera" }],
        _desk,
        () => $"{++_code:D6}",
        _time);

    [Fact]
    public async Task Halt_Confirmed_IsCarriedOutThenRecorded()
    {
        Assert.Contains("Send /confirm 000001 within 60 s", await SayAsync(Trader, "/halt@the_bot main"), StringComparison.Ordinal);
        Assert.Empty(_desk.Done);

        Assert.Equal("Halted: main.", await SayAsync(Trader, "/confirm 000001"));

        Assert.Equal(["halt main by tom"], _desk.Done);
        var entry = Assert.Single(_desk.Audit);
        Assert.Equal(
            ("tom", "trader", "telegram user 11", "halt", "main", AuditOutcome.Done),
            (entry.Actor, entry.Role, entry.Address, entry.Action, entry.Subject, entry.Outcome));
        Assert.Contains("Nothing waits", await SayAsync(Trader, "/confirm 000001"), StringComparison.Ordinal);
        Assert.Single(_desk.Done);
    }

    [Fact]
    public async Task Halt_NotComplete_SaysSo()
    {
        _desk.Pending = "cancel of one order";
        await SayAsync(Trader, "/halt");

        Assert.Contains("in force; not complete yet: cancel of one order", await SayAsync(Trader, "/confirm 000001"), StringComparison.Ordinal);
        Assert.Equal(["halt all by tom"], _desk.Done);
        Assert.Equal(AuditOutcome.Pending, Assert.Single(_desk.Audit).Outcome);
    }

    [Theory]
    [InlineData(Trader, "/confirm 000002", 0)] // A wrong code voids the right one.
    [InlineData(Viewer, "/confirm 000001", 0)]
    [InlineData(Stranger, "/confirm 000001", 0)]
    [InlineData(Trader, "/confirm 000001", 61)]
    public async Task Confirm_ByAnotherOrLateOrWrong_DoesNothing(long user, string words, int secondsLater)
    {
        await SayAsync(Trader, "/halt");
        _time.Advance(TimeSpan.FromSeconds(secondsLater));

        await SayAsync(user, words);

        Assert.Empty(_desk.Done);
        Assert.Equal(AuditOutcome.Refused, Assert.Single(_desk.Audit).Outcome);
    }

    [Theory]
    [InlineData("/halt")]
    [InlineData("/ack a1")]
    public async Task Command_OfAViewer_IsRefusedAndRecorded(string words)
    {
        Assert.Contains("needs the role trader; you have viewer", await SayAsync(Viewer, words), StringComparison.Ordinal);
        Assert.Empty(_desk.Done);
        Assert.Equal(("vera", AuditOutcome.Refused), (Assert.Single(_desk.Audit).Actor, _desk.Audit[0].Outcome));
        Assert.Contains("critical BreakerTripped: main: halted", await SayAsync(Viewer, "/status"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_OfAStranger_GetsNoAnswer_AndRecordsAreLimited()
    {
        for (var i = 0; i < 100; i++)
        {
            Assert.Null(await SayAsync(Stranger, "/status"));
        }

        Assert.Equal(30, _desk.Audit.Count);
        Assert.All(_desk.Audit, entry => Assert.Equal(("(not listed)", null, "telegram user 13"), (entry.Actor, entry.Role, entry.Address)));
        _time.Advance(TimeSpan.FromMinutes(1));
        await SayAsync(Stranger, "/" + new string('x', 10_000));
        Assert.Equal("telegram /(unknown)", _desk.Audit[^1].Action);
    }

    /// <summary>The person, but in another chat, where others read the answers.</summary>
    [Fact]
    public async Task Command_InAnotherChat_GetsNoAnswer()
    {
        Assert.Null(await _commands.AnswerAsync(new ChatMessage(1, "11", Trader, _time.GetUtcNow(), "/halt")));
        Assert.Single(_desk.Audit);
    }

    /// <summary>Sent while the agent was down.</summary>
    [Fact]
    public async Task Command_Old_IsNotCarriedOut()
    {
        var sent = _time.GetUtcNow();
        _time.Advance(TimeSpan.FromMinutes(3));

        Assert.Contains("Send it again", await _commands.AnswerAsync(new ChatMessage(1, Chat, Trader, sent, "/ack a1")), StringComparison.Ordinal);
        Assert.Empty(_desk.Done);
    }

    [Fact]
    public async Task Acknowledge_KnownAndUnknown_SaysWhich()
    {
        Assert.Contains("/ack a1", await SayAsync(Trader, "/ack"), StringComparison.Ordinal);
        Assert.Contains("Acknowledged: BreakerTripped", await SayAsync(Trader, "/ack a1"), StringComparison.Ordinal);
        Assert.Contains("No alert with this id", await SayAsync(Trader, "/ack a2"), StringComparison.Ordinal);
        Assert.Equal([AuditOutcome.Done, AuditOutcome.Refused], _desk.Audit.Select(entry => entry.Outcome));
    }

    [Fact]
    public async Task Halt_UnknownPortfolio_IsRefused() =>
        Assert.Contains("there are main, second", await SayAsync(Trader, "/halt third"), StringComparison.Ordinal);

    [Theory]
    [InlineData("good morning")]
    [InlineData("")]
    public async Task Talk_IsIgnored(string words)
    {
        Assert.Null(await SayAsync(Stranger, words));
        Assert.Empty(_desk.Audit);
    }

    [Fact]
    public void Parse_Updates_ReadsMessagesAndConfirmsOthers()
    {
        var read = TelegramBot.Parse("""
            {"ok":true,"result":[
              {"update_id":7,"message":{"message_id":1,"from":{"id":11,"is_bot":false},"chat":{"id":-100123},"date":1795953600,"text":"/help"}},
              {"update_id":8,"edited_message":{"text":"/halt"}},
              {"update_id":9,"message":{"from":{"id":"11"},"chat":[],"date":1e300,"text":5}}]}
            """);

        Assert.Equal(new ChatMessage(7, "-100123", 11, DateTimeOffset.FromUnixTimeSeconds(1_795_953_600), "/help"), read[0]);
        Assert.Equal([(7, "/help"), (8, ""), (9, "")], read.Select(message => (message.Number, message.Text)));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"ok":false}""")]
    [InlineData("""{"ok":true,"result":[{"message":{}}]}""")]
    [InlineData("""{"ok":true,"result":[""")]
    public void Parse_SomethingElse_Throws(string text) => Assert.ThrowsAny<JsonException>(() => TelegramBot.Parse(text));

    private Task<string?> SayAsync(long user, string words) => _commands.AnswerAsync(new ChatMessage(++_number, Chat, user, _time.GetUtcNow(), words));
}
