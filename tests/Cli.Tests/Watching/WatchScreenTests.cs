using BtcAgent.Cli.Watching;
using BtcAgent.Client.Api;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Cli.Tests.Watching;

/// <summary>The live screen as text: what an operator sees, and that it fits.</summary>
public sealed class WatchScreenTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void Draw_80By24_ShowsEverythingThatMatters()
    {
        var lines = Draw(Update(), null, 80, 24);

        var text = string.Join('\n', lines.Select(line => line.Text));
        Assert.Contains("http://localhost:5080  paper on Simulator  armed", lines[0].Text, StringComparison.Ordinal);
        Assert.EndsWith("2026-11-29 03:04:05Z", lines[0].Text, StringComparison.Ordinal);
        Assert.Equal(("no problems", Tone.Good), (lines[1].Text, lines[1].Tone));
        foreach (var part in new[]
        {
            "61,837.63  61,837.65  0.00 bps", "100,012.30 USDT  +12.30", "-1.25", "0.0125  61,800.00", "+0.47 USDT",
            "SIGNAL long  momentum (flow-trend)  score 0.62  confidence 0.24  5.0 s ago", "tick to order p99 4.2 ms", "03:04:00    0123456789abcdef  long    approved  buy 0.0125",
        })
        {
            Assert.Contains(part, text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(80, 24)]
    [InlineData(200, 60)]
    [InlineData(40, 12)]
    [InlineData(20, 5)]
    [InlineData(1, 1)]
    public void Draw_AnySize_HasItsLinesAndNoneIsWider(int width, int height)
    {
        foreach (var lines in new[] { Draw(Update(), null, width, height), Draw(Update(), "it is gone", width, height), Draw(null, null, width, height) })
        {
            Assert.Equal(height, lines.Count);
            Assert.All(lines, line => Assert.InRange(line.Text.Length, 0, width));
        }
    }

    [Fact]
    public void Draw_Problems_AreOnTopAndAlarm()
    {
        var lines = Draw(Update() with { Problems = ["one", "two", "three", "four", "five"], Mode = "LIVE, real money at BinanceLive" }, null, 80, 24);

        Assert.Equal(Tone.Alarm, lines[0].Tone);
        Assert.Equal(["! one", "! two", "! three", "! 2 more: btcagent status"], lines.Skip(1).Take(4).Select(line => line.Text));
        Assert.All(lines.Skip(1).Take(4), line => Assert.Equal(Tone.Alarm, line.Tone));
    }

    [Fact]
    public void Draw_NoAnswer_MarksTheFiguresAsOld()
    {
        var lines = Draw(Update() with { At = Now.AddSeconds(-90) }, "nothing listens there", 80, 24);

        Assert.Equal(("! NO ANSWER for 1 min 30 s, the figures below are old: nothing listens there", Tone.Alarm), (lines[1].Text, lines[1].Tone));
    }

    [Fact]
    public void Draw_LongProblem_HasTwoLinesToSayWhatToDo()
    {
        var problem = "main is halted since 2026-11-29 13:47:41Z: operator: drill at night; 'btcagent resume --portfolio main' trades again";

        var lines = Draw(Update() with { Problems = [problem] }, null, 80, 24);

        Assert.Equal(
            ["! main is halted since 2026-11-29 13:47:41Z: operator: drill at night; 'btcagent", "  resume --portfolio main' trades again"],
            lines.Skip(1).Take(2).Select(line => line.Text));
    }

    [Fact]
    public void Draw_DecisionsThatSayTheSame_AreOneLine()
    {
        var holds = Enumerable.Range(0, 11).Select(i => Decision() with { Id = $"{i:x16}", Outcome = RiskOutcome.Hold, Why = "MODEL_NOT_READY", ClientOrderId = null });

        var lines = Draw(Update() with { Decisions = [.. holds, Decision(), Decision()] }, null, 80, 24).Select(line => line.Text).ToArray();

        Assert.Single(lines, "03:04:00  ×11  0000000000000000  long    hold      MODEL_NOT_READY");
        Assert.Equal(2, lines.Count(line => line.Contains("0123456789abcdef", StringComparison.Ordinal)));
    }

    [Fact]
    public void Show_FullLine_KeepsItsLastCharacter()
    {
        var written = new StringWriter();
        using var terminal = new LiveTerminal(written, inColour: false);

        terminal.Show([new("abc"), new("ab")], 3, 2);

        Assert.EndsWith("\e[Habc\r\nab\e[K\e[?2026l", written.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_ReasonWithEscapes_CannotMoveTheCursor() => Assert.All(
        Draw(Update() with { Problems = ["\e[2J\rgone"], Decisions = [Decision() with { Why = "\e]0;title\a" }] }, "\e[H", 80, 24),
        line => Assert.DoesNotContain(line.Text, char.IsControl));

    [Fact]
    public void Show_TwoScreens_EntersOnceAndGivesTheOperatorsScreenBack()
    {
        var written = new StringWriter();
        using (var terminal = new LiveTerminal(written, inColour: true))
        {
            terminal.Show([new("a"), new("b", Tone.Alarm)], 80, 2);
            terminal.Show([new("a"), new("b")], 80, 2);
            terminal.Show([new("a")], 80, 1);
        }

        const string Frame = "\e[?2026h";
        var frames = written.ToString().Split(Frame);
        Assert.Equal("\e[?1049h\e[?25l\e[?7l\e[2J", frames[0]);
        Assert.Equal("\e[2J\e[Ha\e[K\r\n\e[1;31mb\e[0m\e[K\e[?2026l", frames[1]);
        Assert.Equal("\e[Ha\e[K\r\nb\e[K\e[?2026l", frames[2]);
        Assert.Equal("\e[2J\e[Ha\e[K\e[?2026l\e[?7h\e[?25h\e[?1049l\e[0m", frames[3]);
    }

    [Fact]
    public void Line_OfAnUpdate_HasOneLine() => Assert.Equal(
        "2026-11-29 03:04:05Z | BINANCE:BTCUSDT 61,837.63/61,837.65 age 35 ms | main active equity 100,012.30 USDT today +12.30 orders 1"
        + " | BINANCE:BTCUSDT 0.0125 unrealized +0.47 | signal long 0.62 by momentum | no problems",
        WatchLine.Of(Update()));

    [Fact]
    public void Draw_WithoutEvents_SaysThatItPollsAndWhy()
    {
        Assert.Contains(Draw(Update(), null, 80, 24), line => line.Text.EndsWith("live by events", StringComparison.Ordinal));
        Assert.Contains(
            WatchScreen.Draw(Update(), "a", null, Now, 100, 24, "no live events"),
            line => line.Text.EndsWith("polling, since there are no events: no live events", StringComparison.Ordinal));
    }

    private static IReadOnlyList<ScreenLine> Draw(WatchUpdate? update, string? failure, int width, int height) =>
        WatchScreen.Draw(update, "http://localhost:5080", failure, Now, width, height);

    private static WatchUpdate Update() => new(
        Now,
        "paper on Simulator",
        IsArmed: true,
        [],
        [new("BINANCE:BTCUSDT", 61_837.63m, 61_837.65m, 0.0032, 61_837.64m, IsConnected: true, 35)],
        [
            new(
                "main", BreakerMode.Active, "USDT", 100_012.3m, 12.3m, -1.25m, 0.0002m, 1,
                [new("BINANCE:BTCUSDT", 0.0125m, 61_800m, 0.47m)]),
        ],
        [.. Enumerable.Repeat(Decision(), 60)],
        4.2);

    private static DecisionSummary Decision() => new(
        "0123456789abcdef",
        "main",
        "BINANCE:BTCUSDT",
        Domain.Timestamp.FromDateTimeOffset(Now.AddSeconds(-5)),
        "momentum",
        "flow-trend",
        SignalDirection.Long,
        0.62,
        0.24,
        RiskOutcome.Approved,
        "buy 0.0125",
        "ba-0123456789abcdef-0");
}
