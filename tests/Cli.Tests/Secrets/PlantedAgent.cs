using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using BtcAgent.Cli.Tests.Agents;
using BtcAgent.Exchanges.Simulator;
using BtcAgent.Exchanges.Simulator.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace BtcAgent.Cli.Tests.Secrets;

/// <summary>
/// An agent in its own process with a secret wherever one can be given: its venue accepts the sealed key, every other server is dead, or
/// answers with all that it was sent.
/// </summary>
internal sealed class PlantedAgent : IAsyncDisposable
{
    private const string Nowhere = "127.0.0.1:1";
    private const string Announcement = "Sign in:";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-planted-");
    private readonly StringBuilder _said = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SimulatedVenue _venue;
    private readonly AgentDouble _echo;
    private readonly Dictionary<string, string> _environment;
    private Process _process = null!;

    private PlantedAgent(SimulatedVenue venue, AgentDouble echo)
    {
        (_venue, _echo) = (venue, echo);
        _ = FileWith(Path.Combine(DataFolder, "operator.key"), Secrets.PlantBytes("OperatorKey", isUrl: true));
        _environment = Environment();
    }

    public PlantedSecrets Secrets { get; } = new();

    public string DataFolder => (OperatingSystem.IsWindows()
        ? Directory.CreateDirectory(In("data"))
        : Directory.CreateDirectory(In("data"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)).FullName;

    public string KeyFile => Path.Combine(DataFolder, "operator.key");

    public string Root => _folder.FullName;

    public int Id => _process.Id;

    public HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public string Said
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    public static async Task<PlantedAgent> StartAsync()
    {
        var echo = await AgentDouble.StartAsync(EchoAsync);
        var secrets = new PlantedSecrets();
        var (apiKey, secret) = (secrets.Plant("VenueApiKey"), secrets.Plant("VenueSecret"));
        var venue = new SimulatedVenue(
            new SimulatorOptions
            {
                Seed = 7,
                HistorySeconds = 30,
                Accounts = [new AccountOptions { ApiKey = apiKey, SecretKey = secret, Balances = new() { ["BTC"] = 10, ["USDT"] = 1_000_000 } }],
            },
            TimeProvider.System,
            NullLoggerFactory.Instance);
        await venue.StartAsync(TestContext.Current.CancellationToken);
        var agent = new PlantedAgent(venue, echo);
        agent.Secrets.Add("VenueApiKey", apiKey);
        agent.Secrets.Add("VenueSecret", secret);
        await agent.SealAsync(apiKey, secret);
        await agent.StartProcessAsync();
        return agent;
    }

    /// <summary>Runs the command line in its own process, with the agent's environment.</summary>
    public async Task<string> CommandAsync(params string[] arguments)
    {
        using var process = Process.Start(Prepare("btcagent.dll", arguments))!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return $"exit code {process.ExitCode}\n{await output}{await errors}";
    }

    /// <summary>The agent's command line, for commands that examine it.</summary>
    public string[] Arguments() =>
    [
        "--venue", "binance-testnet", "--port", "0", "--data", DataFolder, "--set", $"Binance:RestBaseAddress={_venue.RestAddress}",
        "--set", $"Binance:StreamBaseAddress={_venue.StreamAddress}", "--set", $"BinanceTrading:WebSocketApiAddress={_venue.WebSocketApiAddress}",
    ];

    /// <summary>Ends the venue, so that requests in progress fail.</summary>
    public ValueTask StopVenueAsync() => _venue.DisposeAsync();

    /// <summary>Stops the agent in order; its last lines are in <see cref="Said"/>.</summary>
    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{Id}"]);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public string In(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>A file with a new secret, mode 600, outside of the data folder.</summary>
    public string FileWith(string name, string text)
    {
        var path = In(name);
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return path;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        Http.Dispose();
        await _venue.DisposeAsync();
        await _echo.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private Dictionary<string, string> Environment()
    {
        var echo = $"http://127.0.0.1:{_echo.Url.Port}";
        return new(StringComparer.Ordinal)
        {
            ["BTCAGENT_KEY_ENCRYPTION_KEY"] = Secrets.PlantBytes("KeyEncryptionKey", isUrl: false),
            ["BTCAGENT_BACKUP_KEY"] = Secrets.Plant("BackupKey"),
            ["Binance__Simulated"] = "true",
            ["StarterModel__Enabled"] = "false",
            ["Gateway__MetricsTokenFile"] = FileWith("metrics", Secrets.Plant("MetricsToken")),
            ["History__Timescale__ConnectionString"] = $"Host=127.0.0.1;Port=1;Database=d;Username=u;Password={Secrets.Plant("Timescale")};Timeout=1",
            ["History__Redis__Connection"] = $"{Nowhere},password={Secrets.Plant("Redis")}",
            ["History__Influx__Url"] = echo,
            ["History__Influx__Bucket"] = "b",
            ["History__Influx__Org"] = "o",
            ["History__Influx__Token"] = Secrets.Plant("Influx"),
            ["History__Influx__IntervalSeconds"] = "1",
            ["Kafka__Client__sasl.password"] = Secrets.Plant("Kafka"),
            ["Kafka__Client__ssl.key.password"] = Secrets.Plant("TlsKeyPassword"),
            ["Kafka__BootstrapServers"] = Nowhere,
            ["Cluster__Postgres"] = $"Host=127.0.0.1;Port=1;Database=d;Username=u;Password={Secrets.Plant("Postgres")};Timeout=1",
            ["Social__Source"] = "X",
            ["Social__X__BaseAddress"] = echo,
            ["Social__X__BearerToken"] = Secrets.Plant("XToken"),
            ["Economy__Source"] = "Fred",
            ["Economy__Fred__BaseAddress"] = echo,
            ["Economy__Fred__ApiKey"] = Secrets.PlantHex("FredKey"),
            ["Backup__Store__Kind"] = "S3",
            ["Backup__Store__Endpoint"] = echo,
            ["Backup__Store__Bucket"] = "b",
            ["Backup__Store__RetriesMax"] = "0",
            ["Backup__Store__AccessKey"] = "access",
            ["Backup__Store__SecretKey"] = Secrets.Plant("S3"),
            ["Alerts__Channels__mail__Email__Host"] = "127.0.0.1",
            ["Alerts__Channels__mail__Email__Port"] = "1",
            ["Alerts__Channels__mail__Email__User"] = "u",
            ["Alerts__Channels__mail__Email__From"] = "agent@example.org",
            ["Alerts__Channels__mail__Email__To__0"] = "ops@example.org",
            ["Alerts__Channels__mail__Email__PasswordFile"] = FileWith("mail", Secrets.Plant("Mail")),
            ["Alerts__Channels__slack__Slack__UrlFile"] = FileWith("slack", $"{echo}/{Secrets.Plant("Slack")}"),
            ["Alerts__Channels__hook__Webhook__Url"] = echo,
            ["Alerts__Channels__hook__Webhook__SecretFile"] = FileWith("hook", Secrets.Plant("Webhook")),
            ["Alerts__Channels__telegram__Telegram__TokenFile"] = FileWith("telegram", $"123:{Secrets.Plant("Telegram")}"),
            ["Alerts__Channels__telegram__Telegram__ChatId"] = "1",
            ["Alerts__Channels__telegram__Telegram__BaseUrl"] = echo,
            ["Alerts__Channels__twilio__Twilio__AccountSid"] = $"AC{new string('0', 32)}",
            ["Alerts__Channels__twilio__Twilio__From"] = "+15005550006",
            ["Alerts__Channels__twilio__Twilio__To__0"] = "+41790000000",
            ["Alerts__Channels__twilio__Twilio__BaseUrl"] = echo,
            ["Alerts__Channels__twilio__Twilio__AuthTokenFile"] = FileWith("twilio", Secrets.Plant("Twilio")),
            ["Alerts__Channels__sms__Sms__Url"] = echo,
            ["Alerts__Channels__sms__Sms__To__0"] = "+41790000000",
            ["Alerts__Channels__sms__Sms__HeaderFile"] = FileWith("sms", Secrets.Plant("Sms")),
            ["Alerts__Channels__pager__PagerDuty__BaseUrl"] = echo,
            ["Alerts__Channels__pager__PagerDuty__RoutingKeyFile"] = FileWith("pager", Secrets.Plant("PagerDuty")),
            ["Alerts__Watchdog__UrlFile"] = FileWith("watchdog", $"{echo}/{Secrets.Plant("Watchdog")}"),
        };
    }

    /// <summary>A server that repeats all it was sent, as careless ones do in their errors.</summary>
    private static Task EchoAsync(HttpContext context)
    {
        var headers = string.Join(' ', context.Request.Headers.Select(header => $"{header.Key}={header.Value}"));
        return AgentDouble.Answer(500, $"{context.Request.Path}{context.Request.QueryString} {headers}", "text/plain")(context);
    }

    private async Task SealAsync(string apiKey, string secret)
    {
        var said = await CommandAsync(
            ["keys", "venue", "set", "--api-key-file", FileWith("api", apiKey), "--secret-file", FileWith("secret", secret), "--", .. Arguments()]);
        Assert.StartsWith("exit code 0", said, StringComparison.Ordinal);
    }

    private async Task StartProcessAsync()
    {
        _process = Process.Start(Prepare("BtcAgent.Silo.dll", Arguments()))!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.EnableRaisingEvents = true;
        _process.Exited += (_, _) => _address.TrySetException(new InvalidOperationException($"the agent ended: {Said}"));
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Http.BaseAddress = await _address.Task.WaitAsync(TimeSpan.FromSeconds(90), TestContext.Current.CancellationToken);
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", File.ReadAllText(KeyFile));
    }

    private ProcessStartInfo Prepare(string program, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, program), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder.FullName,
        };
        foreach (var (name, value) in _environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private void Keep(string? line)
    {
        lock (_said)
        {
            _said.AppendLine(line);
        }

        if (line?.Contains(Announcement, StringComparison.Ordinal) == true)
        {
            var address = new Uri(line[(line.IndexOf(Announcement, StringComparison.Ordinal) + Announcement.Length)..].Trim());
            _address.TrySetResult(new Uri(address.GetLeftPart(UriPartial.Authority)));
        }
    }
}
