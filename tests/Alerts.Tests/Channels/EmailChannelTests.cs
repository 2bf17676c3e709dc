using BtcAgent.Alerts.Channels;
using BtcAgent.Alerts.Settings;
using BtcAgent.Testing;
using static BtcAgent.Alerts.Tests.Channels.ChannelFiles;

namespace BtcAgent.Alerts.Tests.Channels;

public sealed class EmailChannelTests : IDisposable
{
    private const string Password = "planted-smtp-password";

    private readonly ChannelFiles _files = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(EmailTls.StartTls)]
    [InlineData(EmailTls.Implicit)]
    public async Task Send_OverTlsWithLogIn_Arrives(EmailTls tls)
    {
        var (certificate, ca) = _files.Certificate();
        await using var server = new SmtpListener(certificate, tls == EmailTls.Implicit, "agent", Password);
        var channel = Channel(server, tls, ca, user: "agent");
        Assert.Equal(ChannelAnswer.Accepted, await channel.SendAsync(Message(), Cancelled));
        var message = Assert.Single(server.Messages);
        Assert.Contains("Subject: [CRITICAL] quant: BreakerTripped: main: halted", message, StringComparison.Ordinal);
        Assert.Contains("Message-Id: <0123456789abcdef@btcagent.local>", message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("To: ops@example.org, boss@example.org", message, StringComparison.Ordinal);
        Assert.Contains("DRAWDOWN: 12 %", message, StringComparison.Ordinal);
        Assert.Contains("docs/alerts.md#breakertripped", message, StringComparison.Ordinal);
        Assert.Equal(ChannelAnswer.Accepted, await channel.ProbeAsync(Cancelled));
        Assert.Single(server.Messages);
    }

    [Fact]
    public async Task Send_CertificateOfAnotherAuthority_IsNotTrusted()
    {
        var (certificate, _) = _files.Certificate();
        await using var server = new SmtpListener(certificate, user: "agent", password: Password);
        var answer = await Channel(server, EmailTls.StartTls, ca: "", user: "agent").SendAsync(Message(), Cancelled);
        Assert.Equal(ChannelAnswerKind.Busy, answer.Kind);
        Assert.Contains("CaFile", answer.Problem, StringComparison.Ordinal);
        Assert.Empty(server.Messages);
    }

    [Fact]
    public async Task Send_ServerWithoutStartTls_IsRefusedRatherThanInClearText()
    {
        await using var server = new SmtpListener(user: "agent", password: Password);
        var answer = await Channel(server, EmailTls.StartTls, ca: "", user: "agent").SendAsync(Message(), Cancelled);
        Assert.NotEqual(ChannelAnswerKind.Accepted, answer.Kind);
        Assert.Empty(server.Messages);
    }

    [Fact]
    public async Task Send_WrongPassword_IsRefusedWithoutShowingIt()
    {
        var (certificate, ca) = _files.Certificate();
        await using var server = new SmtpListener(certificate, user: "agent", password: "another");
        var answer = await Channel(server, EmailTls.StartTls, ca, user: "agent").SendAsync(Message(), Cancelled);
        Assert.Equal(ChannelAnswerKind.Refused, answer.Kind);
        Assert.Contains("refuses the log-in of 'agent'", answer.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, answer.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("451 try later", ChannelAnswerKind.Busy)]
    [InlineData("554 no such thing", ChannelAnswerKind.Refused)]
    public async Task Send_ServerRefusesTheMessage_IsJudgedByItsCode(string data, ChannelAnswerKind expected)
    {
        await using var server = new SmtpListener { DataAnswer = data };
        Assert.Equal(expected, (await Channel(server, EmailTls.None, ca: "").SendAsync(Message(), Cancelled)).Kind);
    }

    [Fact]
    public async Task Send_OneRecipientIsUnknown_ReachesTheOthersAndSaysSo()
    {
        await using var server = new SmtpListener { Unknown = "boss@example.org" };
        var answer = await Channel(server, EmailTls.None, ca: "").SendAsync(Message(), Cancelled);
        Assert.Equal(ChannelAnswerKind.Accepted, answer.Kind);
        Assert.Contains("refuses boss@example.org (550)", answer.Problem, StringComparison.Ordinal);
        Assert.Single(server.Messages);
    }

    [Fact]
    public async Task Send_EveryRecipientIsUnknown_IsRefused()
    {
        await using var server = new SmtpListener { Unknown = "example.org" };
        Assert.Equal(ChannelAnswerKind.Refused, (await Channel(server, EmailTls.None, ca: "").SendAsync(Message(), Cancelled)).Kind);
        Assert.Empty(server.Messages);
    }

    [Fact]
    public async Task Send_NobodyListens_IsBusy()
    {
        var server = new SmtpListener();
        var channel = Channel(server, EmailTls.None, ca: "");
        await server.DisposeAsync();
        Assert.Equal(ChannelAnswerKind.Busy, (await channel.SendAsync(Message(), Cancelled)).Kind);
    }

    [Fact]
    public async Task Send_LineBreaksInTheSummary_ForgeNoHeader()
    {
        await using var server = new SmtpListener();
        await Channel(server, EmailTls.None, ca: "").SendAsync(Message(alerts: Alert(summary: "x\r\nBcc: thief@example.org")), Cancelled);
        Assert.DoesNotContain("\nBcc:", Assert.Single(server.Messages), StringComparison.OrdinalIgnoreCase);
    }

    private EmailChannel Channel(SmtpListener server, EmailTls tls, string ca, string user = "") => new(
        "mail",
        new EmailOptions
        {
            Host = "127.0.0.1",
            Port = server.Port,
            Tls = tls,
            CaFile = ca,
            User = user,
            PasswordFile = user.Length > 0 ? _files.Write("password", Password) : "",
            From = "agent@example.org",
            To = { "ops@example.org", "boss@example.org" },
        },
        new AlertText("quant", "docs/alerts.md#"));
}
