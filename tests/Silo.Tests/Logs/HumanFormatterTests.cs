using BtcAgent.Silo.Logs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.Silo.Tests.Logs;

public sealed class HumanFormatterTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 29, 3, 4, 5, TimeSpan.Zero));

    [Fact]
    public void Write_Information_IsTimeAndSentence() =>
        Assert.Equal("03:04:05  Order ba-1 submitted\n", Written(LogLevel.Information, "Order ba-1 submitted"));

    [Fact]
    public void Write_ErrorWithException_IsOneLineWithoutAStack() => Assert.Equal(
        "03:04:05  error    The store does not answer (IOException: disk full)\n",
        Written(LogLevel.Error, "The store does not answer", new IOException("disk\nfull")));

    [Fact]
    public void Write_TextWithTerminalCodes_ShowsThemAsNumbers() =>
        Assert.Equal("03:04:05  halt: \\x1b[2Jgone\n", Written(LogLevel.Information, "halt: \e[2Jgone"));

    private string Written(LogLevel level, string text, Exception? exception = null)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var entry = new LogEntry<string>(level, "BtcAgent.Test", 1, text, exception, (state, _) => state);
        new HumanFormatter(_time).Write(entry, null, writer);
        return writer.ToString();
    }
}
